import type { TaggedText, TagResources } from '../model/ports.ts';
import { type KindTag, tagOf } from '../model/tag.ts';
import { findFaults } from '../understand/complaint/signs.ts';
import { readText } from '../understand/reading.ts';
import { TAGGERS } from '../understand/registry.ts';
import { understand } from '../understand/understand.ts';

type Text = TaggedText['document'];

/** What taggers tell of a post, found out only when it is asked: it takes work, and few queries ask. */
export interface Told {
  readonly postKind: KindTag | null;
  /** There are words in it of what went wrong. */
  readonly hasFault: boolean;
}

/** Before it is known which topics a text names. `stored`: its kind, where that has been told already. */
export function toldOf(
  document: Text,
  isOfficial: boolean,
  resources: TagResources,
  stored: KindTag | null = null,
): Told {
  return {
    get postKind() {
      return stored ?? postKindOf(document, isOfficial, resources);
    },
    get hasFault() {
      return namesFault(document, resources);
    },
  };
}

const kinds = new WeakMap<Text, KindTag>();
const NEEDED = TAGGERS.filter(({ kind }) => kind !== 'entities');

/** Told once of each document. */
function postKindOf(document: Text, isOfficial: boolean, resources: TagResources): KindTag {
  const known = kinds.get(document);
  if (known) return known;
  const { title, text, kind, declaredLanguage } = document;
  // A copy: what is read without topics must not stand for what is read with them.
  const copy = { title, text, kind, declaredLanguage };
  const tags = understand({ document: copy, targets: [], isOfficial }, resources, NEEDED);
  const { value } = tagOf<KindTag>(tags, 'kind');
  kinds.set(document, value);
  return value;
}

/** Lighter words only name what may be at fault: a courier, a delivery. */
const FAULT = 0.5;

export function namesFault(document: Text, { morphology, complaint }: TagResources): boolean {
  const faults = findFaults({ targets: [] }, readText(document, morphology), complaint);
  return faults.some(({ weight }) => weight >= FAULT);
}
