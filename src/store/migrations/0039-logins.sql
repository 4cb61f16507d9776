-- Whom the company's login server means by a subject. One person of it for one user: an address that was given to somebody else opens nothing.
create table user_logins (
  issuer text not null,
  subject text not null,
  user_id bigint not null references users on delete cascade,
  linked_at timestamptz not null,
  primary key (issuer, subject),
  unique (user_id, issuer)
);

-- The login server asked for a second factor.
alter table sessions add column factor_elsewhere boolean not null default false;
