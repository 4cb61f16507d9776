-- Whoever was erased is not collected again: keyed hashes (src/lib/vault.ts) of numbers in the CRM, identifiers and accounts.
create table suppressions (
  hash text primary key,
  kind text not null check (kind in ('customer', 'identifier', 'account')),
  at timestamptz not null
);
