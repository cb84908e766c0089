create table nodes (
  public_key text primary key,
  name text not null,
  -- Named by NODE_KEYS: taken away again once it is named no more.
  configured boolean not null default false
);

-- Signatures that were used, for as long as they would be good: the same one does not count twice.
create table used_signatures (
  public_key text not null,
  nonce text not null,
  expires_at timestamptz not null,
  primary key (public_key, nonce)
);

create index used_signatures_by_end on used_signatures (expires_at);
