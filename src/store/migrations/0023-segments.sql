-- An import replaces the segments that imports stated, and none that people made.
alter table customer_segments add column origin text not null default 'import' check (origin in ('import', 'people'));
