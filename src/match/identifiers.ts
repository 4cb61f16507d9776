import { findEmails, findPhones, normaliseEmail, normalisePhone } from '../lib/private/contacts.ts';
import type { Identifier } from '../model/customer.ts';

/** Longer texts hold no more of the author's own contacts, and phone search is not cheap. */
const MAX_TEXT = 20_000;

/** `site/handle` (the account at one site) or a bare handle (the same nick anywhere); lower case, without @. */
export function normaliseHandle(text: string): string | null {
  const trimmed = text
    .trim()
    .toLowerCase()
    .normalize('NFKC')
    .replace(/^https?:\/\/(www\.)?/, '')
    .replace(/\/+$/, '');
  const slash = trimmed.lastIndexOf('/');
  const site = slash === -1 ? '' : trimmed.slice(0, slash);
  const handle = trimmed.slice(slash + 1).replace(/^@/, '');
  if (handle === '') return null;
  return site === '' ? handle : `${site}/${handle}`;
}

/** What a text may be as an identifier, whole: an e-mail, a phone, an account or a nick. */
export function readIdentifier(text: string): Identifier[] {
  const email = normaliseEmail(text);
  const phone = normalisePhone(text);
  const handle = normaliseHandle(text);
  return [
    ...(email ? [{ kind: 'email' as const, value: email }] : []),
    ...(phone ? [{ kind: 'phone' as const, value: phone }] : []),
    ...(handle ? [{ kind: 'handle' as const, value: handle }] : []),
  ];
}

export interface FoundIdentifier extends Identifier {
  /** Offset in the text. */
  start: number;
  end: number;
}

/** E-mails and phones that stand in a text. */
export function findIdentifiers(text: string): FoundIdentifier[] {
  const head = text.slice(0, MAX_TEXT);
  return [...findEmails(head), ...findPhones(head)].map(({ kind, ...place }) => ({
    ...place,
    kind: kind === 'email' ? 'email' : 'phone',
  }));
}

/** What may be shown as evidence: enough to recognise, too little to use. */
export function maskIdentifier({
  kind,
  value,
}: {
  kind: Identifier['kind'] | 'order' | 'account';
  value: string;
}): string {
  if (kind === 'email') return value.replace(/^(.)[^@]*/u, '$1…');
  if (kind === 'phone') return `${value.slice(0, 2)}…${value.slice(-2)}`;
  if (kind === 'order') return `…${value.slice(-3)}`;
  return value;
}
