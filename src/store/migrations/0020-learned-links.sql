-- How far signs are trusted, learned from what people decided. The newest active row is in force; none: the weights as shipped.
create table match_weights (
  version bigint generated always as identity primary key,
  weights jsonb not null,
  learned_at timestamptz not null,
  by text not null,
  -- Authors of whom something was decided.
  decisions integer not null,
  -- How it does on what it has not learned from, beside what was in force.
  held_out jsonb not null,
  -- no_better: kept to tell of, and never in force.
  state text not null check (state in ('active', 'reverted', 'no_better'))
);

-- Identifiers that do not tell by themselves who somebody is, by keyed hash.
create table generic_values (
  hash text primary key,
  -- shared: several people have it. It still tells a little of each. refused: people said no for its sake. It tells nothing.
  why text not null check (why in ('shared', 'refused')),
  since timestamptz not null,
  -- When the links that leant on it were judged again; null: they wait.
  judged_at timestamptz
);
create index generic_values_waiting on generic_values (since) where judged_at is null;

-- Links by the identifiers that their evidence names.
create index identity_links_hashes on identity_links using gin (jsonb_path_query_array(evidence, '$[*].hash'));
