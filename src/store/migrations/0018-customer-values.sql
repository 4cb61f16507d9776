-- What customers are worth and how things stand with them, worked out each night (src/value, docs/decisions/0026). Made anew, never edited.

-- One row a run: what the forecasts of all customers rest on, or why there are none.
create table value_models (
  id bigint generated always as identity primary key,
  started_at timestamptz not null,
  -- null: under way, or its process died.
  finished_at timestamptz,
  customers integer,
  model jsonb
);
-- One run at a time.
create unique index value_models_running on value_models ((finished_at is null)) where finished_at is null;

create table customer_values (
  customer_id bigint primary key references customers on delete cascade,
  -- Computed. What the CRM states stands in customers.tier and goes before it.
  tier text check (tier in ('MVC', 'MGC', 'BZC')),
  tier_reasons jsonb not null,
  rfm jsonb,
  -- Expected figures of the next 12 months with the bounds of their 95 % intervals.
  p_alive double precision,
  p_alive_low double precision,
  p_alive_high double precision,
  expected_purchases double precision,
  expected_purchases_low double precision,
  expected_purchases_high double precision,
  expected_value double precision,
  expected_value_low double precision,
  expected_value_high double precision,
  -- Of expected_value and realised. Never added across currencies.
  currency text,
  -- Of the last 12 months, what was paid back taken off.
  realised double precision,
  stage text not null,
  rhythm_days double precision,
  silent_days double precision,
  churn double precision,
  churn_reasons jsonb not null,
  -- Where the customer answers, and at which hour UTC.
  channel text,
  hour integer,
  refusal jsonb,
  scored_at timestamptz not null
);
create index customer_values_tier on customer_values (tier);
create index customer_values_churn on customer_values (churn desc nulls last);
create index customer_values_expected on customer_values (expected_value desc nulls last);

create table customer_tier_moves (
  customer_id bigint not null references customers on delete cascade,
  at timestamptz not null,
  from_tier text,
  to_tier text,
  reasons jsonb not null,
  primary key (customer_id, at)
);
create index customer_tier_moves_at on customer_tier_moves (at desc);

-- Things that customers buy together more often than by chance.
create table item_pairs (
  item text not null,
  also text not null,
  -- As it was last written.
  also_name text not null,
  item_name text not null,
  customers integer not null,
  of_customers integer not null,
  score double precision not null,
  primary key (item, also)
);
