create table jobs (
  id uuid primary key,
  -- Orders jobs of the same moment.
  number bigint generated always as identity,
  owner text not null,
  status text not null default 'pending'
    check (status in ('pending', 'in_progress', 'completed', 'failed', 'cancelled')),
  swarm_spec json not null,
  repository json not null,
  metadata json not null,
  error text,
  -- Todos of kind work, and how many of them are done: counted here, as two audits may end at once.
  planned integer not null default 0,
  done integer not null default 0 check (done between 0 and planned),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  completed_at timestamptz check ((completed_at is null) = (status <> 'completed'))
);

create index jobs_newest_first on jobs (owner, number desc);

-- Rows are locked in this order: todos of a job by number, their claims, the job.
create table todos (
  id uuid primary key,
  job_id uuid not null references jobs (id) on delete cascade,
  -- The place in the queue, and in the plan of the job.
  number bigint generated always as identity,
  kind text not null check (kind in ('plan', 'work')),
  title text not null,
  description text not null,
  status text not null default 'queued'
    check (status in ('queued', 'claimed', 'in_progress', 'submitted', 'done', 'failed')),
  attempts integer not null default 0,
  pull_request_url text,
  -- The claim that runs, an audit's too; its lease is here, where the row's lock guards it.
  claim_id uuid,
  lease_expires_at timestamptz,
  -- The claims whose submission and whose result count.
  submission_claim_id uuid,
  result_claim_id uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  check ((claim_id is null) = (lease_expires_at is null)),
  check (status not in ('claimed', 'in_progress') or claim_id is not null),
  check (status in ('claimed', 'in_progress', 'submitted') or claim_id is null)
);

create index todos_of_job on todos (job_id, number);
create index todos_queued on todos (kind, number) where status = 'queued';
create index todos_to_audit on todos (number) where status = 'submitted' and claim_id is null;
create index todos_leased on todos (lease_expires_at) where lease_expires_at is not null;
