-- Calls of hooks, as far as their cards are looked at: which could be shown, and what was said to
-- them. Times are milliseconds since 1970.
create table asked_call (
  journal_id varchar(36) not null primary key,
  asked_at bigint not null,
  described boolean default false not null
);
create index ix_asked_call_new on asked_call (described, asked_at);

-- What each deployment made of a call.
create table deployment_call (
  journal_id varchar(36) not null,
  deployment varchar(1024) not null,
  asked_at bigint not null,
  patient varchar(400) not null,
  user_name varchar(400),
  traits varchar(2000) not null,
  primary key (journal_id, deployment)
);
create index ix_deployment_call on deployment_call (deployment, asked_at);

create table decided_card (
  card varchar(36) not null primary key,
  journal_id varchar(36) not null,
  deployment varchar(1024) not null,
  label_id varchar(64),
  withheld varchar(64),
  suggests boolean not null,
  warns boolean not null
);
create index ix_decided_card on decided_card (journal_id, deployment);

create table card_answer (
  id varchar(36) not null primary key,
  card varchar(36) not null,
  journal_id varchar(36) not null,
  outcome varchar(16) not null,
  reason varchar(400),
  answered_at bigint not null
);
create index ix_card_answer on card_answer (journal_id);
