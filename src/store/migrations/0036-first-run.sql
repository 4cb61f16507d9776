-- What somebody does not want to be reminded of any more.
create table dismissed_hints (
  user_id bigint not null references users on delete cascade,
  hint text not null,
  at timestamptz not null,
  primary key (user_id, hint)
);
