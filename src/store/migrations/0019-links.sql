-- Two entries of one person: nothing is moved, the one only points to the other, so that parting them again loses nothing.
-- Deferrable: a backup puts rows back in any order.
alter table customers add column merged_into bigint references customers deferrable initially deferred;
create index customers_person on customers ((coalesce(merged_into, id)));

create table customer_merges (
  id bigint generated always as identity primary key,
  merged_id bigint not null references customers on delete cascade,
  -- Where it pointed before, and after; null: nowhere.
  before_id bigint references customers on delete cascade,
  after_id bigint references customers on delete cascade,
  at timestamptz not null,
  actor text not null
);

-- on_behalf: the author speaks for the customer and is somebody else.
alter table identity_links drop constraint identity_links_state_check;
alter table identity_links add constraint identity_links_state_check
  check (state in ('proposed', 'linked', 'confirmed', 'rejected', 'on_behalf'));
-- On what ground the two are held together.
alter table identity_links add column basis text not null default 'legitimate_interest'
  check (basis in ('legitimate_interest', 'consent', 'decision'));

-- What became of links, and of whom it was done. Rows of one act have its number in common and are taken back together.
create sequence link_acts;
create table link_events (
  id bigint generated always as identity primary key,
  act bigint not null,
  author_id bigint not null references authors on delete cascade,
  customer_id bigint not null references customers on delete cascade,
  at timestamptz not null,
  actor text not null,
  -- The link's row before and after; null: there was none.
  before jsonb,
  after jsonb,
  -- The act that this one takes back.
  undoes bigint
);
create index link_events_author on link_events (author_id, id desc);
create index link_events_customer on link_events (customer_id, id desc);
create index link_events_act on link_events (act);

-- Links made without a person, drawn at random and put before one: how right they are.
create table link_checks (
  author_id bigint not null references authors on delete cascade,
  customer_id bigint not null references customers on delete cascade,
  is_right boolean not null,
  actor text not null,
  at timestamptz not null,
  primary key (author_id, customer_id)
);

-- A case of somebody who turned out to be another is withdrawn, and the mention may open the right one.
alter table cases drop constraint cases_status_check;
alter table cases add constraint cases_status_check check (status in ('open', 'in_work', 'answered', 'closed', 'withdrawn'));
alter table cases add column withdrawn_at timestamptz;
alter table cases drop constraint cases_mention_id_key;
create unique index cases_mention on cases (mention_id) where status <> 'withdrawn';
create index cases_author on cases (author_id);

-- cancelled: it was withdrawn before it left.
alter table deliveries drop constraint deliveries_state_check;
alter table deliveries add constraint deliveries_state_check
  check (state in ('pending', 'sending', 'delivered', 'dead', 'in_doubt', 'cancelled'));
create index deliveries_event on deliveries (event_key);
