import { Agent } from 'undici';
import type { Http, HttpRequest, HttpResponse } from '../model/ports.ts';
import { guardedConnector, type Resolve, resolveBySystem } from './connect.ts';
import { ACCEPT_ENCODING, decodeContent } from './content-coding.ts';
import { Deadline } from './deadline.ts';
import { exchange } from './exchange.ts';
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
  /** To one origin at once; default 8. */
  connections?: number;
  /** Default 5. */
  maxRedirects?: number;
  /** Of one answer's headers; default 64 KiB. */
  maxHeaderBytes?: number;
  /** All addresses of a name; the system's resolver by default. */
  resolve?: Resolve;
}

/** In the form that undici takes fastest: name, value, name, value… `defaults` are for what `own` does not say. */
function headerList(own: Record<string, string> | undefined, defaults: Record<string, string>): string[] {
  const list: string[] = [];
  for (const name in own) list.push(name.toLowerCase(), own[name] ?? '');
  for (const name in defaults) {
    if (!list.some((word, at) => at % 2 === 0 && word === name)) list.push(name, defaults[name] ?? '');
  }
  return list;
}

/** The guarded way out. Errors are those of the `Http` port; `close` cuts what is still under way. */
export function createHttp(options: HttpOptions): Http & { close(): Promise<void> } {
  const {
    timeoutMs = 20_000,
    maxBytes = 10 * 2 ** 20,
    maxRedirects = 5,
    maxHeaderBytes = 64 * 1024,
    connections = 8,
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
    connections,
    pipelining: 1,
    maxHeaderSize: maxHeaderBytes,
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const defaults = { 'user-agent': options.userAgent, 'accept-encoding': ACCEPT_ENCODING };

  async function sendOnce(hop: HttpRequest, deadline: Deadline): Promise<HttpResponse> {
    const url = parseTarget(hop.url, isAllowed);
    const limit = hop.maxBytes ?? maxBytes;
    const question = {
      url,
      method: hop.method ?? 'GET',
      headers: headerList(hop.headers, defaults),
      body: hop.body ?? null,
      maxBytes: limit,
      ignoreBody: hop.ignoreBody === true,
    };
    try {
      const answer = await exchange(agent, question, deadline);
      // The beginning of a packed body cannot be unpacked.
      if (question.ignoreBody && answer.headers['content-encoding']) answer.body = new Uint8Array();
      else if (answer.body.length > 0 && !question.ignoreBody)
        answer.body = await decodeContent(answer.body, answer.headers['content-encoding'], limit);
      return answer;
    } catch (error) {
      throw asNetworkError(error, url.host);
    }
  }

  async function sendWithin(request: HttpRequest): Promise<HttpResponse> {
    const limitMs = request.timeoutMs ?? timeoutMs;
    const deadline = new Deadline(limitMs, request.signal);
    try {
      return await followRedirects(request, request.maxRedirects ?? maxRedirects, (hop) =>
        sendOnce(hop, deadline),
      );
    } catch (error) {
      if (request.signal?.aborted && !deadline.hasPassed) throw request.signal.reason;
      if (deadline.hasPassed) throw timedOut(new URL(request.url).host, limitMs);
      throw error;
    } finally {
      deadline.release();
    }
  }

  return { send: sendWithin, close: () => agent.destroy() };
}
