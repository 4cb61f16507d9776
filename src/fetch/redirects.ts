import { PermanentError } from '../lib/errors.ts';
import type { HttpRequest, HttpResponse } from '../model/ports.ts';

const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const PERMANENT = new Set([301, 308]);
/** Headers that are secrets of one origin. */
const PRIVATE_HEADER = /auth|cookie|token|secret|signature|api-?key/i;
const BODY_HEADER = /^content-|^transfer-encoding$/i;

/** Sends one request and returns its answer, redirects included. */
export type Hop = (request: HttpRequest) => Promise<HttpResponse>;

function withoutHeaders(request: HttpRequest, pattern: RegExp): HttpRequest {
  const kept = Object.entries(request.headers ?? {}).filter(([name]) => !pattern.test(name));
  return { ...request, headers: Object.fromEntries(kept) };
}

/** 303 always becomes a GET; 301 and 302 do so for POST, as browsers have it. */
function asGet(request: HttpRequest): HttpRequest {
  const { body: _body, ...rest } = withoutHeaders(request, BODY_HEADER);
  return { ...rest, method: 'GET' };
}

function nextRequest(request: HttpRequest, response: HttpResponse, location: string): HttpRequest {
  if (!URL.canParse(location, response.url)) {
    throw new PermanentError(
      'broken-answer',
      `${new URL(response.url).host} redirects to an address that cannot be read.`,
    );
  }
  const target = new URL(location, response.url);
  const crosses = target.origin !== new URL(response.url).origin;
  const kept = crosses ? withoutHeaders(request, PRIVATE_HEADER) : request;
  const method = request.method ?? 'GET';
  const loosesBody = response.status === 303 || (response.status < 303 && method === 'POST');
  return { ...(loosesBody ? asGet(kept) : kept), url: target.href };
}

/** What tells one request of a chain from another. */
function questionOf({ method, url }: HttpRequest): string {
  return `${method ?? 'GET'} ${url.replace(/#.*$/s, '')}`;
}

function nextAddress({ status, headers }: HttpResponse): string | undefined {
  return REDIRECTS.has(status) ? headers.location : undefined;
}

function redirectLoop(request: HttpRequest, limit: number): PermanentError {
  const host = new URL(request.url).host;
  return new PermanentError(
    'redirect-loop',
    `${host} redirects in a circle or more than ${limit} times: open the address in a browser and use the one it ends at.`,
  );
}

/**
 * Follows a chain of redirects hop by hop. `movedTo` is the end of the leading run of 301 and 308: what comes
 * after a temporary redirect is not an address to store.
 * @throws PermanentError `redirect-loop`, `broken-answer`
 */
export function followRedirects(first: HttpRequest, maxRedirects: number, hop: Hop): Promise<HttpResponse> {
  return maxRedirects === 0 ? hop(first) : follow(first, maxRedirects, hop);
}

async function follow(first: HttpRequest, maxRedirects: number, hop: Hop): Promise<HttpResponse> {
  let response = await hop(first);
  if (nextAddress(response) === undefined) return response;
  const seen = new Set([questionOf(first)]);
  let request = first;
  let movedTo: string | undefined;
  let isPermanentSoFar = true;
  for (;;) {
    const location = nextAddress(response);
    if (location === undefined) return movedTo === undefined ? response : { ...response, movedTo };
    request = nextRequest(request, response, location);
    isPermanentSoFar &&= PERMANENT.has(response.status);
    if (isPermanentSoFar) movedTo = request.url;
    const question = questionOf(request);
    if (seen.has(question) || seen.size > maxRedirects) throw redirectLoop(first, maxRedirects);
    seen.add(question);
    response = await hop(request);
  }
}
