-- What monitoring found: a row for each issue, which is opened and closed again. Times are
-- milliseconds since 1970.
create table alert_issue (
  id varchar(64) not null primary key,
  kind varchar(32) not null,
  rule varchar(1024) not null,
  site varchar(255) not null,
  severity varchar(16) not null,
  escalation bigint not null,
  episode integer not null,
  opened_at bigint not null,
  closed_at bigint,
  told_at bigint,
  raised_at bigint,
  silent_until bigint,
  said varchar(64) not null
);
create index ix_alert_issue_open on alert_issue (closed_at, kind);

-- Which Tasks asked somebody to look into a warning, and when: what the alert budget counts.
create table alert_told (
  task varchar(64) not null primary key,
  site varchar(255) not null,
  told_at bigint not null
);
create index ix_alert_told_site on alert_told (site, told_at);

-- Which deployment was suspended by which episode of an issue: not a second time by the same.
create table alert_suspension (
  plan varchar(64) not null,
  issue varchar(64) not null,
  episode integer not null,
  suspended_at bigint not null,
  constraint pk_alert_suspension primary key (plan, issue, episode)
);
