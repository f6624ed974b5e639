-- Who asked, by the one name that a report is sorted by.
alter table audit_event add column agent varchar(1024);
update audit_event e set agent = (
  select min(t.term) from audit_term t
  where t.name = 'agent' and t.idx = e.idx and t.number = e.number);

-- Settings as they were at the last start, sealed: only their names ever get into the log.
create table audit_setting (
  name varchar(200) not null primary key,
  sealed varbinary not null
);

-- Files that hold leaves: from first_idx (inclusive) to size (exclusive).
create table audit_archive (
  name varchar(100) not null primary key,
  first_idx bigint not null,
  size bigint not null,
  sha256 varchar(64) not null,
  written_at bigint not null,
  restored_at bigint
);

-- A leaf may leave into an archive, and come back as the bytes of which the tree has the hash. Its
-- id, its place and its hashes stay.
alter table audit_log alter column leaf drop not null;
drop trigger audit_log_append_only;
create trigger audit_log_append_only before update, delete on audit_log
  for each row call 'org.auscult.server.audit.ArchiveOnlyTrigger';
create trigger audit_archive_kept before delete on audit_archive
  for each row call 'org.auscult.server.audit.AppendOnlyTrigger';
