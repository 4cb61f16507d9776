/** Nobody is waited for longer than this. */
const MAX_MS = 24 * 60 * 60 * 1000;

/** Milliseconds that a Retry-After header (seconds or an HTTP date) asks for: 1 s to 24 h; undefined when it says nothing. */
export function retryAfterMs(header: string | undefined, now: Date): number | undefined {
  const value = header?.trim() ?? '';
  if (value === '') return undefined;
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now.getTime();
  return Number.isNaN(ms) ? undefined : Math.min(MAX_MS, Math.max(1000, ms));
}
