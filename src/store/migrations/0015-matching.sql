-- Customers as matching sees them, made from the rows of customers whenever these or the way of matching change. A customer's keys must be
-- taken out before the customer is, or the counts would be wrong: so nothing here goes by itself.
create table match_entries (
  customer_id bigint primary key references customers,
  -- Of the way in which keys are made; another one is made again.
  version integer not null,
  record jsonb not null
);

-- Under what a customer is found.
create table match_keys (
  key text not null,
  customer_id bigint not null references match_entries,
  primary key (key, customer_id)
);
create index match_keys_customer on match_keys (customer_id);

-- How many customers have a key: how rare a sign is.
create table match_counts (
  key text primary key,
  customers integer not null
);
