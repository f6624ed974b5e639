-- Each score of each model, to be held against its outcome. What it belongs to is looked up once.
-- Times are milliseconds since 1970.
create table monitored_prediction (
  id varchar(64) not null primary key,
  model varchar(1024) not null,
  output varchar(255) not null,
  deployment varchar(1024),
  patient varchar(64) not null,
  index_time bigint not null,
  score double precision not null,
  described boolean default false not null,
  episode varchar(64),
  traits varchar(2000)
);
create index ix_monitored_series on monitored_prediction (model, output, index_time);
create index ix_monitored_patient on monitored_prediction (patient);
create index ix_monitored_new on monitored_prediction (described, patient);

-- What a stored report was made of, so that nothing is worked out twice.
create table performance_report (
  id varchar(64) not null primary key,
  made_of varchar(255) not null
);
