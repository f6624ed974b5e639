-- What ties patients to sites (ids of Organizations) and to people of their care team, written in
-- the transaction of the resource that says so. Rights are decided by it at every access, so it must
-- be found by patient without reading resources.
create table patient_tie (
  source varchar(100) not null,
  patient varchar(64) not null,
  kind varchar(6) not null,
  tied_to varchar(100) not null,
  valid_until timestamp with time zone,
  constraint pk_patient_tie primary key (source, patient, kind, tied_to)
);
create index ix_patient_tie_patient on patient_tie (patient);
