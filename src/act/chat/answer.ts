import { errorCode, PermanentError, RefusedError, RetryLaterError } from '../../lib/errors.ts';
import { retryAfterMs } from '../../lib/retry-after.ts';
import type { ChatEdges, HttpRequest, HttpResponse } from '../../model/ports.ts';

/** Nobody can tell whether the message arrived: it is not sent again by itself. */
class InDoubtError extends Error {
  readonly code = 'chat-in-doubt';
}

/** Nothing has left when the connection was not even made. */
const NEVER_LEFT = new Set([
  'dns',
  'tls',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);
const TIMEOUT_MS = 20_000;
const MAX_ANSWER = 64_000;

/** Posts JSON. `isRepeatable`: doing it twice does no harm. No error names the address: for some chats it is the secret. */
export async function postJson(
  { http }: Pick<ChatEdges, 'http'>,
  url: string,
  body: unknown,
  isRepeatable: boolean,
): Promise<HttpResponse> {
  const request: HttpRequest = {
    url,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    timeoutMs: TIMEOUT_MS,
    maxBytes: MAX_ANSWER,
    maxRedirects: 0,
  };
  try {
    return await http.send(request);
  } catch (error) {
    if (error instanceof RefusedError) throw error;
    const code = errorCode(error);
    if (isRepeatable || NEVER_LEFT.has(code) || NEVER_LEFT.has(errorCode((error as Error).cause)))
      throw new RetryLaterError(code, `The chat could not be reached (${code}).`);
    throw new InDoubtError(
      `The chat did not say whether it took the message (${code}). It may be there: look, and send it again only if it is not.`,
    );
  }
}

/** What a chat's answer means for who sends. `delayMs`: how long it asks to be left alone, where the body tells. */
export function judgeAnswer({ status, headers }: HttpResponse, now: Date, delayMs?: number): void {
  if (status >= 200 && status < 300) return;
  if (status === 429)
    throw new RetryLaterError('http-429', 'The chat takes no more messages for a while.', {
      delayMs: delayMs ?? retryAfterMs(headers['retry-after'], now),
    });
  if (status >= 500) throw new RetryLaterError(`http-${status}`, `The chat answered HTTP ${status}.`);
  throw new PermanentError(
    'chat-refused',
    `The chat answered HTTP ${status}: look at its settings in the configuration (channels).`,
  );
}
