import type { Call } from './vendor-http.ts';

/** A token that is had once and used until it is refused. */
export interface TokenKeeper {
  get(call: Call, isRefused: boolean): Promise<string>;
  /** Those that were had: they must not be shown. */
  known(): readonly string[];
}

const KEPT = 5;

export function keepToken(fetch: (call: Call) => Promise<string>): TokenKeeper {
  let current: Promise<string> | null = null;
  let seen: string[] = [];
  return {
    get: (call, isRefused) => {
      if (isRefused) current = null;
      current ??= fetch(call).then(
        (token) => {
          seen = [token, ...seen].slice(0, KEPT);
          return token;
        },
        (error: unknown) => {
          current = null;
          throw error;
        },
      );
      return current;
    },
    known: () => seen,
  };
}
