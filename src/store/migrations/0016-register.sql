-- What the company knows of a customer besides name and identifiers. A column that an import does not state stays as it is.
alter table customers
  add column company text,
  add column role text,
  -- Who looks after the customer, as the CRM names them.
  add column owner text,
  add column birth_year integer,
  add column language text;

create table customer_segments (
  customer_id bigint not null references customers on delete cascade,
  segment text not null,
  primary key (customer_id, segment)
);
create index customer_segments_segment on customer_segments (segment);

-- Postal addresses, sealed (src/lib/vault.ts): read by whoever opens the card, never looked for.
create table customer_addresses (
  customer_id bigint not null references customers on delete cascade,
  number integer not null,
  sealed text not null,
  primary key (customer_id, number)
);

-- What a customer has agreed to, and when; the newest of a channel and purpose counts.
create table consents (
  customer_id bigint not null references customers on delete cascade,
  channel text not null,
  purpose text not null,
  state text not null check (state in ('given', 'withdrawn', 'objected')),
  at timestamptz not null,
  origin text,
  primary key (customer_id, channel, purpose, at)
);

-- Calls, mails, messages, visits, requests for service: facts, as purchases are.
create table contacts (
  id bigint generated always as identity primary key,
  customer_id bigint not null references customers on delete cascade,
  external_id text not null,
  at timestamptz not null,
  kind text not null check (kind in ('call', 'mail', 'message', 'visit', 'service')),
  channel text not null,
  direction text not null check (direction in ('in', 'out')),
  -- null: it is not known whether the other side answered.
  answered boolean,
  subject text,
  unique (customer_id, external_id)
);
create index contacts_customer on contacts (customer_id, at desc);

-- What a customer likes. What was taken away stays noted, so that nobody infers it again.
create table customer_interests (
  customer_id bigint not null references customers on delete cascade,
  interest text not null,
  origin text not null check (origin in ('declared', 'inferred')),
  -- From what: `import`, `purchases`, a user's e-mail.
  source text not null,
  at timestamptz not null,
  removed_at timestamptz,
  primary key (customer_id, interest)
);
