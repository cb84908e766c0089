create table files (
  id uuid primary key,
  owner_id uuid not null references accounts (id) on delete cascade,
  name text not null,
  media_type text not null,
  size integer not null check (size >= 0),
  -- Where it lies under the storage mount.
  path text not null,
  created_at timestamptz not null default clock_timestamp()
);

create index files_of_owner on files (owner_id);
