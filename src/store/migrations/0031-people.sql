-- Six roles instead of three; who is one of the three stays what he is.
alter table users drop constraint users_role_check;
alter table users add constraint users_role_check
  check (role in ('viewer', 'pr', 'analyst', 'care', 'admin', 'auditor'));
