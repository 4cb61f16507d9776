import { PermanentError } from '../lib/errors.ts';
import type { Clock, Http, HttpRequest, HttpResponse } from '../model/ports.ts';
import { decodeText } from './charset.ts';
import type { CookieJar } from './cookies.ts';
import { fillForm, findLoginForm, type LoginForm } from './login-form.ts';
import type { Politeness } from './politeness.ts';
import { followRedirects } from './redirects.ts';

/** How a private source is entered. Held in memory only: neither stored nor logged. */
export interface Credentials {
  /** The page with the form. */
  url: string;
  user: string;
  password: string;
  /** Names of the form's fields, where they are not recognised. */
  form?: { user?: string | undefined; password?: string | undefined } | undefined;
}

export interface Login {
  /** Logs in unless that was done already. @throws PermanentError `login-failed`, for an hour without asking again */
  enter(signal: AbortSignal): Promise<void>;
  /** The page asks for a login: are we out? Logs in again, once an hour at most. False: the page is not ours to read. */
  reenter(signal: AbortSignal): Promise<boolean>;
  /** Does this page ask for a login instead of showing what is wanted? */
  isAsked(html: string, url: string): boolean;
}

const AGAIN_MS = 60 * 60_000;
const MAX_BYTES = 2 * 2 ** 20;

function failed(host: string, why: string): PermanentError {
  return new PermanentError(
    'login-failed',
    `The login at ${host} failed: ${why}. Check login.user and login.password of the source; it is tried again in an hour.`,
  );
}

/** One source's login: its page is fetched, its form filled in as a person would, and the cookies are kept in the jar. */
export function createLogin(
  { http, politeness, clock }: { http: Http; politeness: Politeness; clock: Pick<Clock, 'now'> },
  credentials: Credentials,
  cookies: CookieJar,
): Login {
  const { host, origin } = new URL(credentials.url);
  const names = credentials.form ?? {};
  let lastTry = Number.NEGATIVE_INFINITY;
  let failure: PermanentError | null = null;
  let underWay: Promise<void> | null = null;

  function hop(request: HttpRequest): Promise<HttpResponse> {
    // The password goes to the site that it was given for and to no other.
    if (new URL(request.url).origin !== origin && request.body)
      throw failed(host, 'its form leads to another site');
    return politeness.run(
      request.url,
      async () => {
        const cookie = cookies.header(request.url);
        const headers = { ...request.headers, ...(cookie ? { cookie } : {}) };
        const response = await http.send({ ...request, headers, maxRedirects: 0, maxBytes: MAX_BYTES });
        cookies.store(response.url, response.setCookies ?? []);
        return response;
      },
      { signal: request.signal },
    );
  }

  async function ask(request: HttpRequest): Promise<{ url: string; status: number; html: string }> {
    const response = await followRedirects(request, 5, hop);
    const { text } = decodeText(response.body, response.headers['content-type'] ?? '');
    return { url: response.url, status: response.status, html: text };
  }

  function asRequest(form: LoginForm, signal: AbortSignal): HttpRequest {
    const filled = fillForm(form, credentials.user, credentials.password).toString();
    if (form.method === 'GET') throw failed(host, 'its form would put the password into the address');
    return {
      url: form.action,
      method: 'POST',
      body: filled,
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin, referer: credentials.url },
      signal,
    };
  }

  async function logIn(signal: AbortSignal): Promise<void> {
    const page = await ask({ url: credentials.url, signal });
    const form = findLoginForm(page.html, page.url, names);
    if (!form) throw failed(host, 'there is no login form at login.url');
    const answer = await ask(asRequest(form, signal));
    const isRefused = answer.status === 401 || answer.status === 403;
    if (isRefused || findLoginForm(answer.html, answer.url, names))
      throw failed(host, 'user or password are not accepted');
    if (answer.status >= 500) throw failed(host, `it answered with status ${answer.status}`);
  }

  async function attempt(signal: AbortSignal): Promise<void> {
    lastTry = clock.now().getTime();
    cookies.clear();
    failure = null;
    try {
      await logIn(signal);
    } catch (error) {
      // What is wrong with the network is tried again with the next visit.
      if (error instanceof PermanentError) failure = error;
      else lastTry = Number.NEGATIVE_INFINITY;
      throw error;
    }
  }

  function once(signal: AbortSignal): Promise<void> {
    underWay ??= attempt(signal).finally(() => {
      underWay = null;
    });
    return underWay;
  }

  const isRecent = () => clock.now().getTime() - lastTry < AGAIN_MS;

  return {
    enter: async (signal) => {
      if (underWay) return underWay;
      if (failure && isRecent()) throw failure;
      if (failure || lastTry === Number.NEGATIVE_INFINITY) await once(signal);
    },
    reenter: async (signal) => {
      if (underWay) await underWay;
      else if (isRecent()) return false;
      else await once(signal);
      return true;
    },
    isAsked: (html, url) =>
      /type\s*=\s*["']?password/i.test(html) && findLoginForm(html, url, names) !== null,
  };
}
