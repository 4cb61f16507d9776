const MINUTE_MS = 60_000;
/** New sources of a list that are read for the first time within one minute. */
const PER_MINUTE = 30;

export interface FirstVisits {
  /** When the next new source at this address would be due. */
  next(url: string): Date;
  /** It was added. */
  take(url: string): void;
  /** When the last of those added is due; null when there is none. */
  last(): Date | null;
}

/** Spreads the first visits of many sources: thirty a minute, and one a minute of each site. */
export function createFirstVisits(now: Date): FirstVisits {
  const ofHost = new Map<string, number>();
  let count = 0;
  let last: Date | null = null;
  const next = (url: string): Date => {
    const minutes = Math.max(Math.floor(count / PER_MINUTE), ofHost.get(new URL(url).host) ?? 0);
    return new Date(now.getTime() + minutes * MINUTE_MS);
  };
  return {
    next,
    take(url) {
      const due = next(url);
      const { host } = new URL(url);
      if (last === null || due > last) last = due;
      ofHost.set(host, Math.round((due.getTime() - now.getTime()) / MINUTE_MS) + 1);
      count += 1;
    },
    last: () => last,
  };
}
