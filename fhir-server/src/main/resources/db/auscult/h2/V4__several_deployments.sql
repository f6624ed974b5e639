-- Several deployments may answer one service on one hook; of one deployment (its url), one version.
alter table live_deployment drop constraint pk_live_deployment;
alter table live_deployment add column url varchar(1024);
update live_deployment set url = resource_id;
alter table live_deployment alter column url set not null;
alter table live_deployment add constraint pk_live_deployment primary key (url, hook);
create index ix_live_deployment_service on live_deployment (service, hook);

-- What a deployment showed or withheld, for those that are to fall silent where they have spoken:
-- one row for each card, and one without a card for a call that had none to show. Written in the
-- transaction of the journal's row.
create table card_history (
  journal_id varchar(36) not null,
  number integer not null,
  card varchar(36) not null,
  memory varchar(1024) not null,
  viewer varchar(1024) not null,
  subject_origin varchar(1024) not null,
  subject_id varchar(255) not null,
  opened_at bigint not null,
  says varchar(255) not null,
  urgency varchar(16) not null,
  withheld varchar(32),
  constraint pk_card_history primary key (journal_id, number, memory)
);
create index ix_card_history_viewer on card_history (subject_id, viewer, memory, opened_at);
create index ix_card_history_rate on card_history (memory, opened_at);
