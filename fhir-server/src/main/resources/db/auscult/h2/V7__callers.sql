-- Tokens of callers that were taken, until they have expired: each counts once, on all nodes.
create table caller_token (
  id varchar(64) not null primary key,
  expires_at bigint not null
);
create index ix_caller_token_expires on caller_token (expires_at);

-- Calls of clients that have a daily quota, as nodes have taken them in blocks.
create table caller_day (
  client varchar(64) not null,
  epoch_day bigint not null,
  calls bigint not null,
  constraint pk_caller_day primary key (client, epoch_day)
);
