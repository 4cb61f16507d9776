-- Every second the program asks whether the index is behind, and while it is, what comes next: each answer read the progress of all documents.
create index document_progress_behind on document_progress (touched_at, document_id)
  where (indexed_at is null or indexed_at < touched_at) and understood > 0;
