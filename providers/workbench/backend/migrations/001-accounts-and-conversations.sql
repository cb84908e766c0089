create table accounts (
  id uuid primary key,
  email text not null,
  password_hash text not null,
  created_at timestamptz not null default clock_timestamp()
);

-- Two addresses that differ in case only are one account.
create unique index accounts_by_email on accounts (lower(email));

create table conversations (
  id uuid primary key,
  owner_id uuid not null references accounts (id) on delete cascade,
  title text not null,
  model text not null,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp()
);

create index conversations_newest_first on conversations (owner_id, created_at desc, id desc);

create table messages (
  id uuid primary key,
  conversation_id uuid not null references conversations (id) on delete cascade,
  role text not null check (role in ('user', 'assistant')),
  content text not null,
  created_at timestamptz not null default clock_timestamp(),
  -- Decides between messages of the same microsecond.
  position bigint generated always as identity
);

create index messages_oldest_first on messages (conversation_id, created_at, position);
