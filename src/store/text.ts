/** PostgreSQL holds neither NUL nor lone surrogates, in text and in jsonb. Cut at `max` UTF-16 units. */
export function storable(text: string, max = Number.POSITIVE_INFINITY): string {
  return text.slice(0, max).replaceAll('\0', '').toWellFormed();
}

export function storableOrNull(text: string | null | undefined, max?: number): string | null {
  return text === undefined || text === null ? null : storable(text, max);
}
