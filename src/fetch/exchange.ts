import type { Dispatcher } from 'undici';
import type { HttpResponse } from '../model/ports.ts';
import { tooLarge } from './content-coding.ts';
import type { Deadline } from './deadline.ts';

/** How much of a body that nobody reads is taken so that the connection can be used again. */
const UNREAD_BODY_BYTES = 16 * 1024;
/** So much of it is kept, to be shown to people. */
const SHOWN_BODY_BYTES = 2 * 1024;
const NO_BODY = new Uint8Array();

export interface Question {
  url: Readonly<URL>;
  method: Dispatcher.HttpMethod;
  /** Name, value, name, value… */
  headers: string[];
  body: string | null;
  /** Of the body as it comes over the wire. */
  maxBytes: number;
  ignoreBody: boolean;
}

type RawHeaders = Record<string, string | string[] | undefined>;

/** Names come in lower case; several values of one name are joined by commas. */
function plainHeaders(raw: RawHeaders): Record<string, string> {
  const plain: Record<string, string> = {};
  for (const name in raw) {
    const value = raw[name];
    if (value !== undefined) plain[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return plain;
}

function isRedirect({ status, headers }: HttpResponse): boolean {
  return status >= 300 && status < 400 && headers.location !== undefined;
}

/** What undici calls while one request is under way. */
class Exchange implements Dispatcher.DispatchHandler {
  readonly #deadline: Deadline;
  readonly #maxBytes: number;
  readonly #resolve: (answer: HttpResponse) => void;
  readonly #reject: (error: Error) => void;
  readonly #answer: HttpResponse;
  readonly #chunks: Uint8Array[] = [];
  readonly #isIgnored: boolean;
  #size = 0;
  #isUnread: boolean;

  constructor(
    { url, maxBytes, ignoreBody }: Question,
    deadline: Deadline,
    resolve: (answer: HttpResponse) => void,
    reject: (error: Error) => void,
  ) {
    this.#deadline = deadline;
    this.#maxBytes = maxBytes;
    this.#isIgnored = ignoreBody;
    this.#isUnread = ignoreBody;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#answer = { url: url.href, status: 0, headers: {}, body: NO_BODY };
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#deadline.watch((reason) => controller.abort(reason));
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number, raw: RawHeaders): void {
    if (status < 200) return;
    const answer = this.#answer;
    answer.status = status;
    answer.headers = plainHeaders(raw);
    const cookies = raw['set-cookie'];
    if (cookies !== undefined) answer.setCookies = [cookies].flat();
    this.#isUnread ||= isRedirect(answer);
    if (!this.#isUnread && Number(answer.headers['content-length'] ?? 0) > this.#maxBytes)
      controller.abort(tooLarge(this.#maxBytes));
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Uint8Array): void {
    if (this.#isIgnored && this.#size < SHOWN_BODY_BYTES)
      this.#chunks.push(chunk.subarray(0, SHOWN_BODY_BYTES - this.#size));
    this.#size += chunk.length;
    if (this.#isUnread) {
      if (this.#size <= UNREAD_BODY_BYTES) return;
      this.#end();
      controller.abort(new Error('the rest of the body is not read'));
    } else if (this.#size > this.#maxBytes) controller.abort(tooLarge(this.#maxBytes));
    else this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    this.#end();
  }

  #end(): void {
    if (this.#chunks.length > 0) this.#answer.body = Buffer.concat(this.#chunks);
    this.#resolve(this.#answer);
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#reject(error);
  }
}

/**
 * One request and its answer, read whole, the body as packed by the server; of one that is ignored its beginning, of redirects nothing.
 * Straight on undici's dispatcher: streams, signals and promises per chunk cost twice as much processor time as the exchange
 * itself, and most of what a crawler asks is answered by 304.
 */
export function exchange(
  dispatcher: Dispatcher,
  question: Question,
  deadline: Deadline,
): Promise<HttpResponse> {
  const { url, method, headers, body } = question;
  return new Promise((resolve, reject) => {
    dispatcher.dispatch(
      { origin: url.origin, path: url.pathname + url.search, method, headers, body },
      new Exchange(question, deadline, resolve, reject),
    );
  });
}
