-- What a case is in each CRM that was told of it, and how it stands there. status: as last read, in our words; status_at: since when. checked_at: when it was read; infinity: it is not read any more.
create table case_records (
  case_id bigint not null references cases (id) on delete cascade,
  endpoint text not null,
  external_id text not null,
  url text,
  status text check (status in ('open', 'in_work', 'answered', 'closed')),
  detail text,
  status_at timestamptz,
  checked_at timestamptz,
  primary key (case_id, endpoint)
);

create index case_records_unread on case_records (endpoint, checked_at);

-- How far each CRM has been read. cursor: where the connector goes on. next_at: when it is read again; while it is read, until when nobody else does.
create table crm_pulls (
  endpoint text not null,
  kind text not null check (kind in ('customers', 'purchases')),
  cursor jsonb,
  next_at timestamptz not null,
  last_success_at timestamptz,
  last_error text,
  records bigint not null default 0,
  left_out bigint not null default 0,
  primary key (endpoint, kind)
);

-- Nobody is let in there until a person has mended it: what is to go there waits.
alter table endpoints add column paused_at timestamptz;
alter table endpoints add column paused_reason text;
