-- Whether an episode was asked about before a window began is found without a look at its rows.
create index ix_monitored_episode on monitored_prediction (episode, index_time);
