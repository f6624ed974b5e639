-- What drift reports are made of stands where that of all others does.
alter table performance_report rename to monitoring_report;
insert into monitoring_report (id, made_of) select id, made_of from drift_report;
drop table drift_report;
