-- From when on a label counts: then its absence could be told as well as the event. Null is what
-- nobody has looked at since this version; events of before are looked at again.
alter table outcome_case add column closes_at bigint;
update outcome_case set due_at = 0 where stands like 'event|%';
