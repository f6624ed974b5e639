-- The last request about a synthetic patient of each service and hook. Times are milliseconds since
-- 1970; scores are what the first sound answer to this request said.
create table synthetic_call (
  service varchar(200) not null,
  hook varchar(40) not null,
  request text not null,
  scores text not null,
  asked_at bigint not null,
  offered boolean not null,
  sound boolean not null,
  millis bigint not null,
  primary key (service, hook)
);
