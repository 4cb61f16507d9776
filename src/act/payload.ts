import { withoutPrivate } from '../lib/private/mask.ts';
import type { CasePayload } from '../model/case-payload.ts';
import type { Author, Document } from '../model/document.ts';
import type { PrivateKind } from '../model/entity.ts';

/** Standard Webhooks asks for bodies under 20 kB; the envelope takes some. */
const MAX_BYTES = 19_000;
const MAX_TITLE = 300;
const MAX_NAME = 200;
const MAX_URL = 2000;

export type DocumentPart = CasePayload['document'];

function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}

/** The longest beginning of `text` that takes at most `bytes` as JSON: a letter takes one to six. */
export function cutTo(text: string, bytes: number): string {
  let low = 0;
  let high = Math.min(text.length, bytes);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (bytesOf(text.slice(0, middle)) <= bytes) low = middle;
    else high = middle - 1;
  }
  // Not in the middle of a surrogate pair.
  return text.slice(0, low).replace(/[\uD800-\uDBFF]$/, '');
}

export function authorPart({ site, handle, name }: Author): DocumentPart['author'] {
  return {
    site: cutTo(site, MAX_NAME),
    handle: cutTo(handle, MAX_NAME),
    name: name === null ? null : cutTo(name, MAX_NAME),
  };
}

/**
 * What every payload tells of a document; its text comes last, when it is known how much room there is. `keep`: what the
 * receiver may see of what is private.
 */
export function documentPart(
  document: Document,
  keep: readonly PrivateKind[],
): Omit<DocumentPart, 'author' | 'language'> {
  return {
    url: cutTo(document.url, MAX_URL),
    title: document.title === null ? null : cutTo(withoutPrivate(document.title, { keep }), MAX_TITLE),
    text: '',
    is_cut: false,
    published_at: document.publishedAt?.toISOString() ?? null,
    found_at: document.foundAt.toISOString(),
  };
}

export function withText<Payload extends { document: { text: string; is_cut: boolean } }>(
  payload: Payload,
  { text }: Document,
  keep: readonly PrivateKind[],
): Payload {
  const whole = withoutPrivate(text, { keep });
  payload.document.text = cutTo(whole, MAX_BYTES - bytesOf(payload));
  payload.document.is_cut = payload.document.text !== whole;
  return payload;
}
