function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, part]) => part !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, part]) => [name, sorted(part)]),
  );
}

/**
 * The same text for the same value: names in order of their code units at every depth, no blanks, nothing undefined, times in
 * ISO 8601. In form RFC 8785, for names that are no numbers.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sorted(value));
}
