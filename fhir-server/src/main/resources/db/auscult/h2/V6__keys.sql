-- Keys of this installation, the same on all its nodes. Nothing here can be read without the master
-- key, which is never stored in the database: the data key is encrypted under it, and all else under
-- the data key, each value bound to the row that it stands in. Values are in base64.
create table data_key (
  number integer not null,
  keyset varchar(16384) not null,
  constraint pk_data_key primary key (number)
);

-- The unique constraint lets one of several nodes make the first or the next key of a purpose.
-- Public halves are encrypted too: not to hide them, but so that nobody who can write to this table
-- can slip in a key. The private half of a key that no longer signs is erased.
create table signing_key (
  id varchar(64) not null,
  purpose varchar(32) not null,
  number integer not null,
  begins_at bigint not null,
  public_key varchar(16384) not null,
  private_key varchar(16384),
  constraint pk_signing_key primary key (id),
  constraint uq_signing_key_number unique (purpose, number)
);
