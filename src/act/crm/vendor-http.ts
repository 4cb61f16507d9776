import { errorMessage, PermanentError, RefusedError, RetryLaterError } from '../../lib/errors.ts';
import { retryAfterMs } from '../../lib/retry-after.ts';
import type { CrmEdges, CrmRequest, HttpRequest, HttpResponse } from '../../model/ports.ts';
import { createGate, type Gate, type Rate } from './gate.ts';
import { type Mask, maskOut, maskWords } from './mask.ts';

export interface VendorRequest {
  method: NonNullable<HttpRequest['method']>;
  /** After the vendor's address, with its query. */
  path: string;
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as a form instead. */
  form?: Readonly<Record<string, string>>;
  headers?: Readonly<Record<string, string>>;
  /** `read` where it is not said. */
  effect?: CrmRequest['effect'];
  /** Counts against this limit too. */
  lane?: string;
  /** Statuses that say that there is no such thing: the answer is then null. */
  absent?: readonly number[];
  /** What a preview goes on with instead of sending what writes. */
  sample?: unknown;
}

/** Answers with the JSON; null where there is none. */
export type Call = (request: VendorRequest) => Promise<unknown>;

/** How one vendor is spoken to. */
export interface Vendor {
  /** For people. */
  name: string;
  /** Without a slash at its end. May hold a secret. */
  baseUrl: string;
  /** Never shown. */
  secrets: readonly string[];
  /** Secrets that are had on the way: tokens. */
  secretsNow?(): readonly string[];
  /** `all` is for every request. */
  rates: Readonly<Record<string, Rate>> & { all: Rate };
  /** Headers that prove who we are. `isRefused`: the last ones were not accepted. Absent: the address proves it. */
  authorize?(call: Call, isRefused: boolean): Promise<Readonly<Record<string, string>>>;
  /** Credentials can be had anew when they are refused: a 401 is tried once more. */
  renews?: boolean;
  /** Media type of requests, where it is not plain JSON. */
  mediaType?: string;
  /** The vendor's own words in the body of a refusal. */
  words(body: unknown): string | null;
  /** Is this the vendor's way to say that we ask too much? For how long to wait, or true. 429 and 503 are known without. */
  busy?(status: number, body: unknown): number | boolean;
  /** Refusals by which nobody gets in until a person has done something. 401 and 403 are known without. */
  locked?(status: number, body: unknown): boolean;
}

export interface Talk {
  /** For all requests of it together, waiting included. */
  withinMs: number;
  signal?: AbortSignal | undefined;
  /** A customer's fields: they stay out of messages. */
  hide?: readonly string[];
  /** Requests are written down here, and what writes is not sent. */
  record?: CrmRequest[];
}

export interface VendorHttp {
  begin(talk: Talk): Call;
}

const REQUEST_MS = 15_000;
/** An answer may take at least so long: a request for which less is left is not begun. */
const ANSWER_MS = 5000;
const MAX_BYTES = 8 * 2 ** 20;
/** Where a vendor says that it is too much and not for how long. */
const REST_MS = 10_000;
const MAX_WORDS = 300;

function readJson(name: string, { body, status }: HttpResponse): unknown {
  if (body.length === 0) return null;
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch (error) {
    // The page of a proxy: its status says more.
    if (status >= 400) return null;
    throw new RetryLaterError('bad-answer', `${name} answered with something that is not JSON.`, {
      cause: error,
    });
  }
}

/** The same without secrets. The cause goes: libraries put addresses into it. */
function withoutSecrets(error: unknown, mask: Mask): unknown {
  const message = mask(errorMessage(error));
  if (error instanceof RetryLaterError)
    return new RetryLaterError(error.code, message, { delayMs: error.delayMs });
  if (error instanceof RefusedError) return new RefusedError(error.code, message);
  if (!(error instanceof PermanentError)) return error;
  // What came back cannot be read: whether the request did its work is for the next attempt to find out.
  if (['too-large', 'broken-answer'].includes(error.code)) return new RetryLaterError(error.code, message);
  return new PermanentError(error.code, message);
}

/** What an answer that is not a success means. */
function refusal(vendor: Vendor, answer: HttpResponse, body: unknown, mask: Mask, now: Date): Error {
  const { status, headers } = answer;
  const { name } = vendor;
  const said = vendor.words(body);
  const words = said ? `: ${mask(said).slice(0, MAX_WORDS).toWellFormed()}` : '';
  const busy = vendor.busy?.(status, body) ?? false;
  if (busy !== false || status === 429 || status === 503) {
    const delayMs = retryAfterMs(headers['retry-after'], now) ?? (typeof busy === 'number' ? busy : REST_MS);
    return new RetryLaterError('rate-limited', `${name} asks for patience (HTTP ${status}${words}).`, {
      delayMs,
    });
  }
  if (status === 401 || status === 403 || vendor.locked?.(status, body))
    return new PermanentError(
      'credentials',
      `${name} does not let us in (HTTP ${status}${words}). Check the credentials and rights in the configuration, then let it go on.`,
    );
  if (status >= 500 || status === 408)
    return new RetryLaterError(`http-${status}`, `${name} answered HTTP ${status}${words}.`);
  if (status >= 300 && status < 400)
    return new PermanentError(
      'misdirected',
      `${name} sends us elsewhere (HTTP ${status}): check the address.`,
    );
  return new PermanentError(`http-${status}`, `${name} refused the request (HTTP ${status}${words}).`);
}

function toHttpRequest(
  vendor: Vendor,
  request: VendorRequest,
  own: Readonly<Record<string, string>>,
  timeoutMs: number,
): HttpRequest {
  const { method, path, body, form, headers } = request;
  const type = form ? 'application/x-www-form-urlencoded' : (vendor.mediaType ?? 'application/json');
  const sent = form
    ? new URLSearchParams(form).toString()
    : body === undefined
      ? undefined
      : JSON.stringify(body);
  return {
    url: vendor.baseUrl + path,
    method,
    headers: {
      accept: vendor.mediaType ?? 'application/json',
      ...(sent === undefined ? {} : { 'content-type': type }),
      ...own,
      ...headers,
    },
    ...(sent === undefined ? {} : { body: sent }),
    timeoutMs,
    maxBytes: MAX_BYTES,
    maxRedirects: 0,
  };
}

/** JSON over the guarded way out, as one vendor wants it: never faster than it lets us, and never a secret in what is thrown. */
export function openVendor(vendor: Vendor, { http, clock }: Pick<CrmEdges, 'http' | 'clock'>): VendorHttp {
  const gates = new Map<string, Gate>(
    Object.entries(vendor.rates).map(([lane, rate]) => [lane, createGate(clock, rate)]),
  );
  const lanesOf = ({ lane }: VendorRequest): Gate[] =>
    ['all', lane].flatMap((name) => (name ? (gates.get(name) ?? []) : []));

  async function exchange(request: VendorRequest, talk: Talk, end: number, own: Record<string, string>) {
    const left = (): number => end - clock.now().getTime();
    for (const gate of lanesOf(request)) await gate.pass(left() - ANSWER_MS, talk.signal);
    const answer = await http.send({
      ...toHttpRequest(vendor, request, own, Math.max(1, Math.min(REQUEST_MS, left()))),
      ...(talk.signal ? { signal: talk.signal } : {}),
    });
    return { answer, body: readJson(vendor.name, answer) };
  }

  async function ask(request: VendorRequest, talk: Talk, end: number, mask: Mask): Promise<unknown> {
    const plain: Call = (one) => judged(one, talk, end, mask, {});
    const own = vendor.authorize ? await vendor.authorize(plain, false) : {};
    try {
      return await judged(request, talk, end, mask, own);
    } catch (error) {
      const isRefused = error instanceof PermanentError && error.code === 'credentials';
      if (!isRefused || !vendor.renews || !vendor.authorize) throw error;
      return judged(request, talk, end, mask, await vendor.authorize(plain, true));
    }
  }

  async function judged(
    request: VendorRequest,
    talk: Talk,
    end: number,
    mask: Mask,
    own: Record<string, string>,
  ): Promise<unknown> {
    const { answer, body } = await exchange(request, talk, end, own);
    if (request.absent?.includes(answer.status)) return null;
    if (answer.status >= 200 && answer.status < 300) return body;
    const error = refusal(vendor, answer, body, mask, clock.now());
    if (error instanceof RetryLaterError && error.code === 'rate-limited')
      for (const gate of lanesOf(request)) gate.close(error.delayMs ?? REST_MS);
    throw error;
  }

  return {
    begin: (talk) => {
      const end = clock.now().getTime() + talk.withinMs;
      const secrets = (): string[] => [...vendor.secrets, ...(vendor.secretsNow?.() ?? [])];
      const mask: Mask = (text) => maskWords([...secrets(), ...(talk.hide ?? [])])(text);
      const maskSecrets = maskOut(secrets());
      return async (request) => {
        const effect = request.effect ?? 'read';
        talk.record?.push({
          effect,
          method: request.method,
          path: maskSecrets(request.path),
          body: JSON.parse(maskSecrets(JSON.stringify(request.body ?? request.form ?? null))),
        });
        if (talk.record && effect === 'write') return request.sample ?? null;
        try {
          return await ask(request, talk, end, mask);
        } catch (error) {
          throw withoutSecrets(error, mask);
        }
      };
    },
  };
}
