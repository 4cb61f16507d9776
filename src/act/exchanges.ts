import { AsyncLocalStorage } from 'node:async_hooks';
import { errorMessage } from '../lib/errors.ts';
import { withoutPrivate } from '../lib/private/mask.ts';
import type { HttpExchange } from '../model/exchange.ts';
import type { Clock, Http, HttpDraft, HttpRequest, HttpResponse } from '../model/ports.ts';

/** Of these the values may be shown; all other headers may hold a secret. */
const SHOWN_HEADERS = new Set([
  'content-type',
  'content-length',
  'date',
  'location',
  'retry-after',
  'server',
  'webhook-id',
  'webhook-timestamp',
  'x-request-id',
]);
const MAX_BODY = 2000;
const MAX_URL = 500;
const MAX_VALUE = 200;
/** A connector that looks something up first makes a few requests; of more the last count. */
const MOST = 10;
const HIDDEN = '•••';

/** Addresses of webhooks hold their secret in the path or behind the question mark. */
function maskUrl(url: string): string {
  if (!URL.canParse(url)) return HIDDEN;
  const { origin, pathname, searchParams } = new URL(url);
  const path = pathname
    .split('/')
    .map((part) => (/^(?=.*\d)[\w.~-]{12,}$/.test(part) ? HIDDEN : part))
    .join('/');
  const names = [...new Set(searchParams.keys())].map((name) => `${name}=${HIDDEN}`);
  return `${origin}${path}${names.length > 0 ? `?${names.join('&')}` : ''}`.slice(0, MAX_URL);
}

function maskHeaders(headers: Readonly<Record<string, string>> = {}): Record<string, string> {
  const shown = Object.entries(headers).map(([name, value]): [string, string] => [
    name.toLowerCase(),
    SHOWN_HEADERS.has(name.toLowerCase()) ? value.slice(0, MAX_VALUE) : HIDDEN,
  ]);
  return Object.fromEntries(shown);
}

function bodyOf({ body, headers }: HttpResponse): string {
  if (!/json|text|xml|^$/.test(headers['content-type'] ?? '')) return '';
  return withoutPrivate(new TextDecoder().decode(body.subarray(0, MAX_BODY))).toWellFormed();
}

/** A request that was not sent, as people may see it; its body is what they ask for and stays whole. */
export function maskDraft({ method, url, headers, body }: HttpDraft): HttpDraft {
  return { method, url: maskUrl(url), headers: maskHeaders(headers), body };
}

const current = new AsyncLocalStorage<HttpExchange[]>();

/** Everything that `work` asks through an observed `Http`, in its order, also where it fails. */
export async function recordExchanges<Value>(
  work: () => Promise<Value>,
): Promise<{ exchanges: HttpExchange[]; outcome: PromiseSettledResult<Value> }> {
  const exchanges: HttpExchange[] = [];
  const [outcome] = await Promise.allSettled([current.run(exchanges, work)]);
  return { exchanges: exchanges.slice(-MOST), outcome };
}

/** The same, noted for whoever records. */
export function observedHttp(http: Http, clock: Clock): Http {
  return {
    send: async (request: HttpRequest) => {
      const list = current.getStore();
      if (!list) return http.send(request);
      const began = clock.now().getTime();
      const asked: HttpExchange = {
        method: request.method ?? 'GET',
        url: maskUrl(request.url),
        requestHeaders: maskHeaders(request.headers),
        status: null,
        responseHeaders: {},
        responseBody: '',
        error: null,
        durationMs: 0,
      };
      list.push(asked);
      try {
        const answer = await http.send(request);
        asked.status = answer.status;
        asked.responseHeaders = maskHeaders(answer.headers);
        asked.responseBody = bodyOf(answer);
        return answer;
      } catch (error) {
        asked.error = errorMessage(error).slice(0, MAX_VALUE);
        throw error;
      } finally {
        asked.durationMs = clock.now().getTime() - began;
      }
    },
  };
}
