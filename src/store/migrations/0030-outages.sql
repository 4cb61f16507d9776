-- An endpoint that does not answer is left alone but for one look at a time (docs/decisions/0036).
alter table endpoints
  -- The first failure since anything reached it.
  add column failing_since timestamptz,
  -- Deliveries that failed since then, two at most: one may be at fault itself.
  add column failed uuid[] not null default '{}',
  -- Present: it is down, and this is when it is looked at next.
  add column next_look_at timestamptz,
  add column failure text;
