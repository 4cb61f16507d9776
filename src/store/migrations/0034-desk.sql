-- What a post answers, and what followed.
create index documents_thread on documents (thread_id) where thread_id is not null;

-- What somebody changed of many mentions at once, as it was before: to be undone within a day.
create table bulk_changes (
  id uuid primary key,
  user_id bigint not null references users on delete cascade,
  at timestamptz not null,
  -- [{mention, status, assigned: e-mail or null, basket: is it in the basket}]
  before jsonb not null
);
create index bulk_changes_at on bulk_changes (at);
