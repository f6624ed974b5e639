-- The embedded authorization server. Times are milliseconds since 1970. Tokens, codes and states
-- are kept as SHA-256 alone: who reads the database can use none of them.
create table auth_user (
  id varchar(36) not null primary key,
  name varchar(128) not null,
  display_name varchar(256) not null,
  fhir_user varchar(256),
  roles varchar(512) not null,
  sites text not null,
  password_hash varchar(256) not null,
  totp_secret varchar(512),
  totp_step bigint default 0 not null,
  disabled boolean not null,
  origin varchar(16) not null,
  constraint uq_auth_user unique (name)
);

-- Registered applications; what is registered of each is JSON of a stated form.
create table auth_client (
  id varchar(128) not null primary key,
  definition text not null,
  origin varchar(16) not null
);

-- What was granted to a client for a user, or to a backend service. The version lets one of two
-- simultaneous changes win: a code is exchanged once.
create table auth_grant (
  id varchar(36) not null primary key,
  version bigint not null,
  client_id varchar(128) not null,
  user_id varchar(128) not null,
  lasts varchar(8) not null,
  document text not null,
  expires_at bigint not null
);
create index ix_auth_grant_user on auth_grant (user_id, lasts);
create index ix_auth_grant_expiry on auth_grant (expires_at);

-- Which token belongs to which grant. Refresh tokens that were replaced stay, so that their use
-- is noticed.
create table auth_token (
  hash varchar(64) not null primary key,
  grant_id varchar(36) not null,
  kind varchar(8) not null,
  expires_at bigint not null
);
create index ix_auth_token_grant on auth_token (grant_id);
create index ix_auth_token_expiry on auth_token (expires_at);

-- Access tokens that were revoked before they expired, by jti.
create table auth_revoked (
  jti varchar(64) not null primary key,
  expires_at bigint not null
);
create index ix_auth_revoked_expiry on auth_revoked (expires_at);

-- Context of a launch: made by an EHR, or by a user who picked a patient; used by one grant.
create table auth_launch (
  id varchar(64) not null primary key,
  kind varchar(8) not null,
  client_id varchar(128) not null,
  user_id varchar(128),
  context text not null,
  grant_id varchar(36),
  expires_at bigint not null
);
create index ix_auth_launch_grant on auth_launch (grant_id);
create index ix_auth_launch_expiry on auth_launch (expires_at);

-- Client assertions that were used, by the SHA-256 of client and jti.
create table auth_assertion (
  hash varchar(64) not null primary key,
  expires_at bigint not null
);
create index ix_auth_assertion_expiry on auth_assertion (expires_at);

-- Failed logins by the SHA-256 of what they are counted for: name, address, or both.
create table auth_attempt (
  hash varchar(64) not null primary key,
  failures integer not null,
  last_at bigint not null
);
create index ix_auth_attempt_last on auth_attempt (last_at);
