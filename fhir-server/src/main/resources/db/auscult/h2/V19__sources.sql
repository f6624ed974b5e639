-- In which hours (since 1970) a source, which is a site and a type of resource, was heard.
create table source_heard (
  site varchar(255) not null,
  kind varchar(32) not null,
  heard_hour bigint not null,
  constraint pk_source_heard primary key (site, kind, heard_hour)
);

-- Up to which row of the timeline it was looked at.
create table source_position (
  name varchar(16) not null primary key,
  fact_id bigint not null
);
