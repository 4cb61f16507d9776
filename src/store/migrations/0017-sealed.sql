-- Identifiers are sealed with a key that is kept outside the database, and looked for by keyed hash (src/lib/vault.ts).
create table vault_check (
  -- A word that everybody knows, sealed: whether the key at hand is the one of this database.
  sealed text not null
);

-- The next start seals what stands open (src/jobs/seal-identifiers.ts).
alter table customer_identifiers drop constraint customer_identifiers_pkey;
drop index customer_identifiers_value;
alter table customer_identifiers rename column value to unsealed;
alter table customer_identifiers alter column unsealed drop not null;
alter table customer_identifiers add column hash text, add column sealed text;
create unique index customer_identifiers_hash on customer_identifiers (customer_id, kind, hash);
create index customer_identifiers_unsealed on customer_identifiers (customer_id) where unsealed is not null;

-- Records and keys were in the open: made again at start, sealed.
truncate match_keys, match_counts, match_entries;
alter table match_entries drop column record;
alter table match_entries add column sealed text not null;
