import type { Span } from '../model/tag.ts';

/** 1 for each of these pieces of a text, which stand in its order, that a span touches; one walk over both. */
export function touchedBy(pieces: readonly Span[], spans: readonly Span[]): Uint8Array {
  const touched = new Uint8Array(pieces.length);
  for (const field of ['title', 'text'] as const) {
    const own = spans.filter((span) => span.field === field).sort((one, two) => one.start - two.start);
    if (own.length === 0) continue;
    let next = 0;
    let reach = -1;
    for (let at = 0; at < pieces.length; at += 1) {
      const piece = pieces[at] as Span;
      if (piece.field !== field) continue;
      for (let span = own[next]; span && span.start < piece.end; span = own[++next])
        reach = Math.max(reach, span.end);
      if (reach > piece.start) touched[at] = 1;
    }
  }
  return touched;
}
