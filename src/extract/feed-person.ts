import type { RawPerson } from './feed-raw.ts';

const EMAIL = /^[^\s@<>()]+@[^\s@<>()]+\.[^\s@<>()]+$/;
const EMAIL_FIRST = /^(?:mailto:)?([^\s@<>()]+@[^\s@<>()]+)\s*\(([^()]+)\)$/;
const NAME_FIRST = /^(.+?)\s*[(<[]\s*(?:mailto:)?([^\s@<>()]+@[^\s@<>()\]]+)\s*[)>\]]$/;

/** A person as RSS writes one: `anna@example.org (Anna)`, `Anna <anna@example.org>`, a bare name or address. */
export function readPerson(text: string | undefined): RawPerson | undefined {
  const line = text?.slice(0, 500).replace(/\s+/g, ' ').trim() ?? '';
  if (line === '') return undefined;
  const emailFirst = EMAIL_FIRST.exec(line);
  if (emailFirst) return { email: emailFirst[1], name: emailFirst[2]?.trim() };
  const nameFirst = NAME_FIRST.exec(line);
  if (nameFirst && !line.includes('mailto:')) return { name: nameFirst[1]?.trim(), email: nameFirst[2] };
  return EMAIL.test(line) ? { email: line } : { name: line };
}
