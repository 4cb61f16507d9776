import { Agent, type Dispatcher, request as send } from 'undici';
import type { Http, HttpRequest, HttpResponse } from '../model/ports.ts';
import { guardedConnector, type Resolve, resolveBySystem } from './connect.ts';
import { ACCEPT_ENCODING, decodeContent, tooLarge } from './content-coding.ts';
import { startDeadline } from './deadline.ts';
import { asNetworkError, timedOut } from './network-error.ts';
import { followRedirects } from './redirects.ts';
import { createAllowList, parseTarget } from './target.ts';

export interface HttpOptions {
  /** Product, version and a way to reach us: `Molva/1.0 (+https://example.org/bot)`. */
  userAgent: string;
  /** `host` or `host:port` that may be a private address. */
  allowPrivate?: readonly string[];
  /** Default 20 000, for the whole exchange. */
  timeoutMs?: number;
  /** Of the decoded body; default 10 MiB. */
  maxBytes?: number;
  /** Default 5. */
  maxRedirects?: number;
  /** Of one answer's headers; default 64 KiB. */
  maxHeaderBytes?: number;
  /** All addresses of a name; the system's resolver by default. */
  resolve?: Resolve;
}

type Headers = Dispatcher.ResponseData['headers'];
type Body = Dispatcher.ResponseData['body'];

function plainHeaders(headers: Headers): Record<string, string> {
  const plain: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) plain[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value;
  }
  return plain;
}

async function readBody(body: Body, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    const bytes = chunk as Uint8Array;
    size += bytes.length;
    // Leaving the loop destroys the stream, and with it the connection.
    if (size > maxBytes) throw tooLarge(maxBytes);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks, size);
}

function asksForRedirect(status: number, headers: Record<string, string>): boolean {
  return status >= 300 && status < 400 && headers.location !== undefined;
}

/** How much of a body that nobody reads is taken so that the connection can be used again. */
const UNREAD_BODY_BYTES = 16 * 1024;

async function receive(
  answer: Dispatcher.ResponseData,
  url: string,
  { ignoreBody, maxBytes }: { ignoreBody: boolean | undefined; maxBytes: number },
  signal: AbortSignal,
): Promise<HttpResponse> {
  const headers = plainHeaders(answer.headers);
  const setCookies = [answer.headers['set-cookie'] ?? []].flat();
  const response = {
    url,
    status: answer.statusCode,
    headers,
    ...(setCookies.length > 0 ? { setCookies } : {}),
  };
  if (ignoreBody || asksForRedirect(answer.statusCode, headers)) {
    await answer.body.dump({ limit: UNREAD_BODY_BYTES, signal });
    return { ...response, body: new Uint8Array() };
  }
  if (Number(headers['content-length'] ?? 0) > maxBytes) {
    answer.body.on('error', () => undefined).destroy();
    throw tooLarge(maxBytes);
  }
  const packed = await readBody(answer.body, maxBytes);
  return { ...response, body: await decodeContent(packed, headers['content-encoding'], maxBytes) };
}

/** The guarded way out. Errors are those of the `Http` port; `close` cuts what is still under way. */
export function createHttp(options: HttpOptions): Http & { close(): Promise<void> } {
  const {
    timeoutMs = 20_000,
    maxBytes = 10 * 2 ** 20,
    maxRedirects = 5,
    maxHeaderBytes = 64 * 1024,
  } = options;
  const isAllowed = createAllowList(options.allowPrivate ?? []);
  const connect = guardedConnector(
    isAllowed,
    options.resolve ?? resolveBySystem,
    Math.min(timeoutMs, 10_000),
  );
  // Time limits of undici are off: the deadline stands for all of them.
  const agent = new Agent({
    connect,
    connections: 8,
    pipelining: 1,
    maxHeaderSize: maxHeaderBytes,
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const defaults = { 'user-agent': options.userAgent, 'accept-encoding': ACCEPT_ENCODING };

  async function sendOnce(hop: HttpRequest, signal: AbortSignal): Promise<HttpResponse> {
    const target = parseTarget(hop.url, isAllowed);
    try {
      const answer = await send(target, {
        dispatcher: agent,
        method: hop.method ?? 'GET',
        headers: { ...defaults, ...plainHeaders(hop.headers ?? {}) },
        body: hop.body ?? null,
        signal,
      });
      const limits = { ignoreBody: hop.ignoreBody, maxBytes: hop.maxBytes ?? maxBytes };
      return await receive(answer, target.href, limits, signal);
    } catch (error) {
      throw asNetworkError(error, target.host);
    }
  }

  async function sendWithin(request: HttpRequest): Promise<HttpResponse> {
    const limitMs = request.timeoutMs ?? timeoutMs;
    const deadline = startDeadline(limitMs, request.signal);
    try {
      return await followRedirects(request, request.maxRedirects ?? maxRedirects, (hop) =>
        sendOnce(hop, deadline.signal),
      );
    } catch (error) {
      if (request.signal?.aborted && !deadline.hasPassed()) throw request.signal.reason;
      if (deadline.hasPassed()) throw timedOut(new URL(request.url).host, limitMs);
      throw error;
    } finally {
      deadline.release();
    }
  }

  return { send: sendWithin, close: () => agent.destroy() };
}
