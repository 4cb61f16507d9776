-- What somebody does not want to be reminded of any more.
create table dismissed_hints (
  user_id bigint not null references users on delete cascade,
  hint text not null,
  at timestamptz not null,
  primary key (user_id, hint)
);

-- Whether an address is watched already is asked for each line of a list of thousands.
create index sources_url on sources (url);
create index sources_moved_to on sources (moved_to) where moved_to is not null;
