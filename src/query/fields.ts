import type { TextField } from './ast.ts';

export const TEXT_FIELDS: ReadonlySet<string> = new Set<TextField>(['title', 'text', 'author']);
export const VALUE_FIELDS: ReadonlySet<string> = new Set(['site', 'lang']);

/** Fields of the full language that this version does not know yet. */
export const FUTURE_FIELDS: ReadonlySet<string> = new Set(
  (
    'handle url link source kind tone intent topic customer tier tag status assigned story reach followers replies ' +
    'published found has is saved'
  ).split(' '),
);

export const FIELD_EXAMPLES: Readonly<Record<string, string>> = {
  title: 'title:ромашка',
  text: 'text:"плохой сервис"',
  author: 'author:иванов',
  site: 'site:example.com',
  lang: 'lang:ru',
};

/** The field that was probably meant: one typing error away, or null. */
export function nearestField(name: string): string | null {
  const known = [...TEXT_FIELDS, ...VALUE_FIELDS];
  return known.find((field) => isOneEditAway(field, name)) ?? null;
}

function isOneEditAway(one: string, two: string): boolean {
  let head = 0;
  while (head < one.length && one[head] === two[head]) head += 1;
  const tails = [one.slice(head + 1) === two.slice(head + 1), one.slice(head) === two.slice(head + 1)];
  const swapped =
    one[head] === two[head + 1] && one[head + 1] === two[head] && one.slice(head + 2) === two.slice(head + 2);
  return tails.includes(true) || one.slice(head + 1) === two.slice(head) || swapped;
}
