-- Which deployments are live: one row for each hook that one answers. Written in the transaction
-- that changes the PlanDefinition's mode, and read by each call, so that a suspension holds at once
-- on every node. The key keeps two deployments from answering the same call.
create table live_deployment (
  service varchar(64) not null,
  hook varchar(64) not null,
  resource_id varchar(64) not null,
  resource_version bigint not null,
  constraint pk_live_deployment primary key (service, hook)
);
