-- Reference windows of drift: what was served, without whose it was, as JSON with its hash. Only
-- which one a model is held against may change. Times are milliseconds since 1970.
create table drift_reference (
  id varchar(64) not null primary key,
  model varchar(1024) not null,
  starts_at bigint not null,
  ends_at bigint not null,
  is_default boolean not null,
  sha256 varchar(64) not null,
  content text not null
);

-- What a stored drift report was made of, so that nothing is worked out twice.
create table drift_report (
  id varchar(64) not null primary key,
  made_of varchar(255) not null
);

create index ix_journal_recorded on prediction_journal (recorded_at, seq);
