-- By which Tasks people were asked to train a model again, and of which reasons they were told.
-- Times are milliseconds since 1970.
create table retraining_task (
  id varchar(64) not null primary key,
  plan varchar(1024) not null,
  model varchar(1024) not null,
  number integer not null,
  opened_at bigint not null,
  closed_at bigint
);

create table retraining_reason (
  id varchar(64) not null primary key,
  task varchar(64) not null
);
