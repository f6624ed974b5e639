-- What limits access to a patient's record stands beside its ties: versions of consents, labels of
-- special protection, and accesses that an emergency has opened.
alter table patient_tie alter column kind type varchar(8);

-- How far ties were made of what was stored before this table knew of it: by type of resource, the
-- last one looked at, by the number under which it is stored.
create table tie_progress (
  kind varchar(40) not null primary key,
  position bigint not null,
  finished boolean not null
);
insert into tie_progress (kind, position, finished) values
  ('Patient', 0, false), ('Encounter', 0, false), ('CareTeam', 0, false), ('Consent', 0, false),
  ('labels', 0, false);
