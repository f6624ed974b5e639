-- Another number whenever a patient's rows were made anew: then equal epochs say nothing.
alter table patient_epoch add column generation bigint default 0 not null;
