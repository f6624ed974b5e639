-- Users answer too, not EHRs alone. Named is a user who is not the one to whom the card was shown:
-- their answers bear on nothing that is shown to that one.
alter table prediction_feedback add column other_user varchar(400) default '' not null;
alter table prediction_feedback drop constraint uq_feedback;
alter table prediction_feedback
  add constraint uq_feedback unique (card, outcome, answered_at, other_user);
create index ix_feedback_journal on prediction_feedback (journal_id, seq);
