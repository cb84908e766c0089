-- Lines of containers. Their task may be known to the container alone.
create table logs (
  number bigint generated always as identity primary key,
  task_id uuid not null,
  level text not null,
  message text not null,
  logged_at timestamptz not null
);

create index logs_of_task on logs (task_id, number);
