-- Who asked, by the one name that a report is sorted by.
alter table audit_event add column agent varchar(1024);
update audit_event e set agent = (
  select min(t.term) from audit_term t
  where t.name = 'agent' and t.idx = e.idx and t.number = e.number);

-- Settings as they were at the last start, sealed: only their names ever get into the log.
create table audit_setting (
  name varchar(200) not null primary key,
  sealed bytea not null
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
create function audit_archive_only() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and new.idx = old.idx and new.id = old.id then
    if old.leaf is not null and new.leaf is null and exists (
      select 1 from audit_archive a where a.first_idx <= old.idx and old.idx < a.size) then
      return new;
    end if;
    if old.leaf is null and new.leaf is not null and exists (
      select 1 from audit_node n where n.level = 0 and n.idx = old.idx
        and n.hash = sha256('\x00'::bytea || new.leaf)) then
      return new;
    end if;
  end if;
  raise exception 'Table % is append-only', tg_table_name;
end
$$;
drop trigger audit_log_append_only on audit_log;
create trigger audit_log_append_only before update or delete on audit_log
  for each row execute function audit_archive_only();
create trigger audit_archive_kept before delete on audit_archive
  for each row execute function audit_append_only();
