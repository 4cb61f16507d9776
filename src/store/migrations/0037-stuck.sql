-- Beside the menu's word on every page.
create index deliveries_stuck on deliveries (id) where state in ('dead', 'in_doubt');
