-- What Provenances say that models wrote; version 0 stands for every version.
create table model_claim (
  source_kind varchar(32) not null,
  source_id varchar(64) not null,
  source_version bigint not null,
  provenance varchar(64) not null
);
create index ix_claim_source on model_claim (source_id);
create index ix_claim_provenance on model_claim (provenance);
