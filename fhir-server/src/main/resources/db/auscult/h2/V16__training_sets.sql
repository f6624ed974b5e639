-- Training sets: a row for each version, which is also its job. Times are milliseconds since 1970.
create table training_set (
  id varchar(64) not null primary key,
  name varchar(64) not null,
  version integer not null,
  owner varchar(64) not null,
  starter character varying not null,
  request character varying not null,
  cut bigint not null,
  state varchar(10) not null,
  phase varchar(10) not null,
  shard integer not null,
  done bigint not null,
  total bigint not null,
  days character varying,
  created_at bigint not null,
  ended_at bigint,
  holder varchar(64),
  until_at bigint not null,
  attempts integer not null,
  problem character varying,
  manifest character varying,
  constraint uq_training_set unique (name, version)
);
create index ix_training_set_state on training_set (state);

-- Whom it asks: the cohort (C) and the population that it is compared with (T), in order. The part
-- stands there as soon as the patient is in the data set.
create table training_member (
  set_id varchar(64) not null,
  kind varchar(1) not null,
  place bigint not null,
  patient varchar(64) not null,
  subject bigint,
  part varchar(10),
  constraint pk_training_member primary key (set_id, kind, place)
);
create index ix_training_member_patient on training_member (patient);

-- What a finished shard counted.
create table training_shard (
  set_id varchar(64) not null,
  phase varchar(10) not null,
  shard integer not null,
  tally character varying not null,
  codes character varying,
  constraint pk_training_shard primary key (set_id, phase, shard)
);

create table training_file (
  set_id varchar(64) not null,
  name varchar(200) not null,
  phase varchar(10) not null,
  shard integer not null,
  media varchar(100) not null,
  row_count bigint not null,
  size bigint not null,
  sha256 varchar(64) not null,
  constraint pk_training_file primary key (set_id, name)
);

-- The bytes of files, in pieces, encrypted.
create table training_chunk (
  set_id varchar(64) not null,
  name varchar(200) not null,
  place integer not null,
  sealed varbinary not null,
  constraint pk_training_chunk primary key (set_id, name, place)
);
