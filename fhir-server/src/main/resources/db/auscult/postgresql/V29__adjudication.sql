-- The windows of adjudication plans whose cases were chosen. Times are milliseconds since 1970.
create table adjudication_window (
  plan varchar(1024) not null,
  starts_at bigint not null,
  ends_at bigint not null,
  kind varchar(16) not null,
  outcome varchar(1024) not null,
  guideline varchar(1024) not null,
  guideline_sha256 varchar(64) not null,
  chosen_at bigint not null,
  constraint pk_adjudication_window primary key (plan, starts_at)
);

-- The labels that people look at, with the label by the rule as it stood at the end of the window.
create table adjudication_case (
  id varchar(64) not null primary key,
  plan varchar(1024) not null,
  starts_at bigint not null,
  label_id varchar(64) not null,
  way varchar(16) not null,
  rule_label varchar(16) not null,
  due_at bigint not null,
  settled varchar(32),
  settled_at bigint
);
create index ix_adjudication_case on adjudication_case (plan, starts_at);

-- What each person said, once; nothing is overwritten.
create table adjudication_verdict (
  case_id varchar(64) not null,
  place integer not null,
  person varchar(255) not null,
  judgement varchar(32) not null,
  response varchar(128) not null,
  answered_at bigint not null,
  constraint pk_adjudication_verdict primary key (case_id, place),
  constraint uq_adjudication_verdict unique (case_id, person)
);
