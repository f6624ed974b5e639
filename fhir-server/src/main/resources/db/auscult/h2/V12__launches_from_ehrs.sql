-- Launches from EHRs, and users and clients that are kept by the API.

-- A launch that began at an EHR is used by the one browser and the one user whom that EHR signed in.
alter table auth_launch add column browser varchar(64);
alter table auth_launch add column ehr varchar(64);

-- Sign-ins at an EHR that have begun: found by the SHA-256 of the state, bound to a browser by the
-- SHA-256 of its cookie. The rest is encrypted, and used once.
create table auth_ehr_login (
  state varchar(64) not null primary key,
  browser varchar(64) not null,
  ehr varchar(64) not null,
  secret character varying not null,
  expires_at bigint not null
);
create index ix_auth_ehr_login_expiry on auth_ehr_login (expires_at);

-- Launches of EHRs that were used, by the SHA-256 of server and launch.
create table auth_ehr_launch (
  hash varchar(64) not null primary key,
  expires_at bigint not null
);
create index ix_auth_ehr_launch_expiry on auth_ehr_launch (expires_at);

-- A change is made to the version that was read, or not at all.
alter table auth_user add column version bigint default 1 not null;
-- Browsers' sessions that are older count no more.
alter table auth_user add column sessions_from bigint default 0 not null;
alter table auth_client add column version bigint default 1 not null;
alter table auth_client add column disabled boolean default false not null;

-- Links by which a person sets a password, and a second factor, once; by their SHA-256. The secret
-- of the second factor is encrypted, and becomes the user's with the password.
create table auth_password_link (
  hash varchar(64) not null primary key,
  user_id varchar(36) not null,
  totp_secret varchar(512),
  expires_at bigint not null
);
create index ix_auth_password_link_user on auth_password_link (user_id);
