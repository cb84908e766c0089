-- The order of versions is the order in which they were made: `id`.

create table pacticipants (
  id int generated always as identity primary key,
  name text not null unique,
  display_name text,
  main_branch text,
  repository_url text,
  repository_name text,
  repository_namespace text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table labels (
  pacticipant_id int not null references pacticipants on delete cascade,
  name text not null,
  created_at timestamptz not null default now(),
  primary key (pacticipant_id, name)
);

create table versions (
  id int generated always as identity primary key,
  pacticipant_id int not null references pacticipants on delete cascade,
  number text not null,
  build_url text,
  created_at timestamptz not null default now(),
  unique (pacticipant_id, number)
);
create index versions_newest_first on versions (pacticipant_id, id desc);

create table branches (
  id int generated always as identity primary key,
  pacticipant_id int not null references pacticipants on delete cascade,
  name text not null,
  head_version_id int references versions on delete set null,
  created_at timestamptz not null default now(),
  unique (pacticipant_id, name)
);

create table branch_versions (
  branch_id int not null references branches on delete cascade,
  version_id int not null references versions on delete cascade,
  created_at timestamptz not null default now(),
  primary key (branch_id, version_id)
);
create index branch_versions_of_version on branch_versions (version_id);

create table tags (
  version_id int not null references versions on delete cascade,
  name text not null,
  pacticipant_id int not null references pacticipants on delete cascade,
  created_at timestamptz not null default now(),
  primary key (version_id, name)
);
create index tags_newest_first on tags (pacticipant_id, name, version_id desc);

-- Contents of pacts: one row for each that differs, however many versions have it.
create table pact_contents (
  id int generated always as identity primary key,
  consumer_id int not null references pacticipants on delete cascade,
  provider_id int not null references pacticipants on delete cascade,
  sha text not null,
  content text not null,
  created_at timestamptz not null default now(),
  unique (consumer_id, provider_id, sha)
);

create table pact_publications (
  id int generated always as identity primary key,
  consumer_id int not null references pacticipants on delete cascade,
  provider_id int not null references pacticipants on delete cascade,
  consumer_version_id int not null references versions on delete cascade,
  pact_content_id int not null references pact_contents on delete cascade,
  revision int not null default 1,
  created_at timestamptz not null default now(),
  unique (consumer_version_id, provider_id)
);
create index publications_of_edge on pact_publications (provider_id, consumer_id, consumer_version_id desc);
create index publications_of_consumer on pact_publications (consumer_id, consumer_version_id desc);
create index publications_of_content on pact_publications (pact_content_id);

create table verifications (
  number int generated always as identity primary key,
  pact_content_id int not null references pact_contents on delete cascade,
  provider_version_id int not null references versions on delete cascade,
  success boolean not null,
  wip boolean not null default false,
  build_url text,
  test_results jsonb,
  verified_by jsonb,
  created_at timestamptz not null default now()
);
create index verifications_of_content on verifications (pact_content_id, number desc);
create index verifications_of_version on verifications (provider_version_id, pact_content_id);

-- The last result of each pair: what the matrix is made of.
create table latest_verifications (
  pact_content_id int not null references pact_contents on delete cascade,
  provider_version_id int not null references versions on delete cascade,
  verification_number int not null references verifications on delete cascade,
  primary key (pact_content_id, provider_version_id)
);
create index latest_verifications_of_version on latest_verifications (provider_version_id);

create table environments (
  id int generated always as identity primary key,
  uuid uuid not null unique,
  name text not null unique,
  display_name text,
  production boolean not null,
  contacts jsonb,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
insert into environments (uuid, name, display_name, production) values
  (gen_random_uuid(), 'test', 'Test', false),
  (gen_random_uuid(), 'production', 'Production', true);

create table deployed_versions (
  id int generated always as identity primary key,
  uuid uuid not null unique default gen_random_uuid(),
  version_id int not null references versions on delete cascade,
  pacticipant_id int not null references pacticipants on delete cascade,
  environment_id int not null references environments on delete cascade,
  application_instance text,
  created_at timestamptz not null default now(),
  undeployed_at timestamptz
);
create unique index one_deployed_at_a_time
  on deployed_versions (pacticipant_id, environment_id, coalesce(application_instance, ''))
  where undeployed_at is null;
create index deployed_now on deployed_versions (version_id) where undeployed_at is null;

create table released_versions (
  id int generated always as identity primary key,
  uuid uuid not null unique default gen_random_uuid(),
  version_id int not null references versions on delete cascade,
  pacticipant_id int not null references pacticipants on delete cascade,
  environment_id int not null references environments on delete cascade,
  created_at timestamptz not null default now(),
  support_ended_at timestamptz,
  unique (version_id, environment_id)
);
create index supported_now on released_versions (environment_id, pacticipant_id) where support_ended_at is null;

create table webhooks (
  id int generated always as identity primary key,
  uuid text not null unique,
  description text,
  enabled boolean not null default true,
  consumer jsonb,
  provider jsonb,
  events text[] not null,
  request jsonb not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table webhook_runs (
  uuid uuid primary key default gen_random_uuid(),
  webhook_id int not null references webhooks on delete cascade,
  event text not null,
  status text not null,
  log text not null default '',
  created_at timestamptz not null default now()
);
