-- Who else has this e-mail or phone: an import asks it of every customer.
create index customer_identifiers_by_hash on customer_identifiers (hash);

-- How the columns of a file are read, by the hash of its headers: the next file with the same headers is read the same way.
create table import_mappings (
  headers text primary key,
  mapping jsonb not null,
  saved_at timestamptz not null
);

-- Other programs that may speak to us. Only the hash of a token is kept.
create table api_tokens (
  id bigint generated always as identity primary key,
  name text not null,
  token_hash text not null unique,
  scopes text[] not null,
  created_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz
);
create unique index api_tokens_name on api_tokens (name) where revoked_at is null;

-- What was answered under an idempotency key: the same request is answered the same, and does nothing twice.
create table api_replies (
  token_id bigint not null references api_tokens on delete cascade,
  key text not null,
  request_hash text not null,
  -- null: still being worked on.
  status integer,
  body jsonb,
  at timestamptz not null,
  primary key (token_id, key)
);
create index api_replies_at on api_replies (at);
