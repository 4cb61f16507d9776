/** A request to another system and its answer, as people may see them: without secrets, of the body its beginning. */
export interface HttpExchange {
  method: string;
  /** Where secrets stood, `•••`. */
  url: string;
  requestHeaders: Record<string, string>;
  /** null: there was no answer. */
  status: number | null;
  responseHeaders: Record<string, string>;
  /** At most 2 kB; private things masked. */
  responseBody: string;
  /** What went wrong instead of an answer; without secrets. */
  error: string | null;
  durationMs: number;
}
