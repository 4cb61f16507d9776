-- Beside the menu's word on every page.
create index deliveries_stuck on deliveries (id) where state in ('dead', 'in_doubt');

-- Since when a source is watched.
create index documents_source_found on documents (source_id, found_at);
