-- How a measurement stands to what is usual, and by whom, where on the body, how and with what.
-- Circumstances are the same for many facts: each combination is kept once, named by its digest.
create table fact_circumstances (
  digest uuid not null primary key,
  performers text,
  body_sites text,
  methods text,
  devices text
);
alter table clinical_fact add column flag varchar(16);
alter table clinical_fact add column circumstances uuid;

-- Which projection stated the patient's rows; those of before lack what came later until a rebuild.
alter table patient_epoch add column projection integer default 1 not null;
