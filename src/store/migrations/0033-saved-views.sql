-- Searches that people keep, and addresses by which programs read without a login.
create table saved_views (
  id bigint generated always as identity primary key,
  owner_id bigint not null references users on delete cascade,
  name text not null,
  -- Path and query string of the mentions page.
  address text not null check (address ~ '^/mentions([?]|$)'),
  -- Seen by everybody; else by its owner alone.
  is_shared boolean not null,
  created_at timestamptz not null
);
-- Also how those of an owner are found.
create unique index saved_views_name on saved_views (owner_id, lower(name));
create index saved_views_shared on saved_views (lower(name)) where is_shared;

-- Who knows the address may read: only its hash is kept, so that a stolen database opens no door.
create table public_links (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('feed', 'calendar', 'report')),
  token_hash text not null unique,
  owner_id bigint not null references users on delete cascade,
  -- What it shows; a calendar shows what its owner has to do.
  view_id bigint references saved_views on delete cascade,
  report_id bigint references reports on delete cascade,
  created_at timestamptz not null,
  -- null: until it is revoked.
  expires_at timestamptz,
  revoked_at timestamptz,
  last_read_at timestamptz,
  check ((kind = 'feed') = (view_id is not null)),
  check ((kind = 'report') = (report_id is not null))
);
create index public_links_owner on public_links (owner_id);
create index public_links_view on public_links (view_id) where view_id is not null;
create index public_links_report on public_links (report_id) where report_id is not null;
