import { onceFor } from '../../lib/once-for.ts';
import { findPrivate } from '../../lib/private/find.ts';
import { maskPersonal } from '../../lib/private/mask.ts';
import type { Entity } from '../../model/entity.ts';
import type { Morphology, TaggedText } from '../../model/ports.ts';
import type { Span } from '../../model/tag.ts';
import { READ_AT_MOST } from '../read-at-most.ts';
import { readText } from '../reading.ts';
import { labelNames, readWords } from './label.ts';
import { findLinks } from './links.ts';
import { nominative } from './nominative.ts';
import type { PersonName } from './person-name.ts';
import type { NameWord } from './words.ts';

type Document = Pick<TaggedText['document'], 'title' | 'text'>;

/** So many entities a tag holds, and so many places of each. */
export const ENTITIES_AT_MOST = 60;
export const SPANS_AT_MOST = 10;

/** One place of an entity. */
interface Found {
  kind: Entity['kind'];
  named: PersonName;
  start: number;
  end: number;
}

/** Title or text, as far as it is read, and what stands at its words. */
interface ReadField {
  field: Span['field'];
  text: string;
  words: readonly NameWord[];
}

/** What names are found by. */
export const readNames = onceFor((document: Document, morphology: Morphology): ReadField[] => {
  const { words } = readText(document, morphology);
  return (['title', 'text'] as const).flatMap((field) => {
    const text = (document[field] ?? '').slice(0, READ_AT_MOST);
    if (text === '') return [];
    const own = document.title ? words.filter((word) => word.field === field) : words;
    return [{ field, text, words: readWords(text, own, morphology) }];
  });
});

/** Whom and what a document names, in the order of first mention; names that are equal but for letter case are one. */
export function findEntities(document: Document, morphology: Morphology): Entity[] {
  const entities = new Map<string, Entity>();
  for (const read of readNames(document, morphology))
    for (const found of findInField(read, morphology)) add(entities, found, read.field);
  return [...entities.values()];
}

function add(entities: Map<string, Entity>, { kind, named, start, end }: Found, field: Span['field']): void {
  const key = `${kind} ${named.name.toLowerCase().replaceAll('ё', 'е')}`;
  const span = { field, start, end };
  const known = entities.get(key);
  if (known === undefined) {
    if (entities.size < ENTITIES_AT_MOST) entities.set(key, { kind, ...named, spans: [span] });
  } else if (known.spans.length < SPANS_AT_MOST) known.spans.push(span);
}

function findInField({ text, words }: ReadField, morphology: Morphology): Found[] {
  const secrets: Found[] = findPrivate(text).map(({ kind, start, end }) => ({
    kind,
    named: {
      name: maskPersonal(text.slice(start, end), [{ kind, start: 0, end: end - start }]).toWellFormed(),
    },
    start,
    end,
  }));
  const links = findLinks(text, words)
    .filter((link) => !overlaps(link, secrets))
    .map(({ kind, name, start, end }) => ({ kind, named: { name }, start, end }));
  const names = labelNames(text, words)
    .filter((name) => !overlaps(name, secrets))
    .map((name) => ({
      kind: name.kind,
      named: nominative(text, name, morphology),
      start: name.start,
      end: name.end,
    }));
  return [...secrets, ...links, ...names].sort((one, two) => one.start - two.start);
}

function overlaps({ start, end }: Pick<Found, 'start' | 'end'>, others: readonly Found[]): boolean {
  return others.some((other) => other.start < end && start < other.end);
}
