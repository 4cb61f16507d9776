import type { Dispatcher } from 'undici';
import { tooLarge } from './content-coding.ts';
import type { Deadline } from './deadline.ts';

/** How much of a body that nobody reads is taken so that the connection can be used again. */
const UNREAD_BODY_BYTES = 16 * 1024;

export interface Question {
  url: URL;
  method: Dispatcher.HttpMethod;
  headers: Record<string, string>;
  body: string | null;
  /** Of the body as it comes over the wire. */
  maxBytes: number;
  ignoreBody: boolean;
}

export interface Answer {
  status: number;
  /** Names in lower case; several of one name joined by commas. */
  headers: Record<string, string>;
  setCookies: string[];
  /** As packed by the server. Empty when it was ignored, and for redirects. */
  body: Uint8Array;
}

type RawHeaders = Record<string, string | string[] | undefined>;

function plainHeaders(raw: RawHeaders): Record<string, string> {
  const plain: Record<string, string> = {};
  for (const name in raw) {
    const value = raw[name];
    if (value !== undefined) plain[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value;
  }
  return plain;
}

function isRedirect(status: number, headers: Record<string, string>): boolean {
  return status >= 300 && status < 400 && headers.location !== undefined;
}

/**
 * One request and its answer, read whole. Straight on undici's dispatcher: streams, signals and promises per chunk cost twice
 * as much processor time as the exchange itself, and most of what a crawler asks is answered by 304.
 */
export function exchange(dispatcher: Dispatcher, question: Question, deadline: Deadline): Promise<Answer> {
  const { url, method, headers, body, maxBytes, ignoreBody } = question;
  return new Promise((resolve, reject) => {
    const answer: Answer = { status: 0, headers: {}, setCookies: [], body: new Uint8Array() };
    const chunks: Uint8Array[] = [];
    let size = 0;
    let isUnread = ignoreBody;
    let limit = maxBytes;
    const finish = (): void => {
      if (!isUnread && chunks.length > 0) answer.body = Buffer.concat(chunks, size);
      resolve(answer);
    };
    dispatcher.dispatch(
      { origin: url.origin, path: url.pathname + url.search, method, headers, body },
      {
        onRequestStart: (controller) => deadline.watch((reason) => controller.abort(reason)),
        onResponseStart: (controller, status, raw) => {
          if (status < 200) return;
          answer.status = status;
          answer.headers = plainHeaders(raw as RawHeaders);
          answer.setCookies = [(raw as RawHeaders)['set-cookie'] ?? []].flat();
          isUnread ||= isRedirect(status, answer.headers);
          if (isUnread) limit = UNREAD_BODY_BYTES;
          else if (Number(answer.headers['content-length'] ?? 0) > maxBytes)
            controller.abort(tooLarge(maxBytes));
        },
        onResponseData: (controller, chunk) => {
          size += chunk.length;
          if (size <= limit) {
            if (!isUnread) chunks.push(chunk);
          } else if (isUnread) {
            finish();
            controller.abort(new Error('the rest of the body is not read'));
          } else controller.abort(tooLarge(maxBytes));
        },
        onResponseEnd: finish,
        onResponseError: (_controller, error) => reject(error),
      },
    );
  });
}
