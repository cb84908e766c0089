-- All claims there ever were: what one says here stays so once it has ended.
create table claims (
  id uuid primary key,
  todo_id uuid not null references todos (id) on delete cascade,
  kind text not null check (kind in ('plan', 'work', 'audit')),
  -- The name of the node: it may have several keys.
  node text not null,
  -- What was done under it: the fingerprint of the content by operation.
  calls jsonb not null default '{}',
  claimed_at timestamptz not null default now(),
  ended_at timestamptz
);

create index claims_of_todo on claims (todo_id);

create table submissions (
  claim_id uuid primary key,
  todo_id uuid not null references todos (id) on delete cascade,
  round integer not null,
  pull_request_url text not null,
  github_username text not null,
  public_key text not null,
  submitted_at timestamptz not null default now()
);

create index submissions_of_todo on submissions (todo_id);

create table results (
  claim_id uuid primary key,
  todo_id uuid not null references todos (id) on delete cascade,
  output text not null,
  metadata json not null,
  stored_at timestamptz not null default now()
);

create index results_of_todo on results (todo_id);
