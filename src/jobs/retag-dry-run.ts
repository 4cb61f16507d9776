import { sayable } from '../model/correction.ts';
import type { Tag } from '../model/tag.ts';
import { countOutdated, sampleOutdated } from '../store/outdated-tags.ts';
import type { Versions } from '../store/rematch-runs.ts';
import type { JobDeps } from './deps.ts';
import { readRetaggable, tagAgain } from './retag-documents.ts';

const BATCH = 100;
const NOTHING = '–';
const SHOWN = 60;

/** How often a tag of this kind would go from one word to another. */
export interface Turn {
  kind: string;
  before: string;
  after: string;
  count: number;
}

export interface RetagForecast {
  documents: number;
  /** Of them, how many were looked at. */
  sampled: number;
  /** Of those, in how many some tag would say something else. */
  changed: number;
  /** The most frequent first; those that stay among them. */
  turns: Turn[];
}

/** The word that matters most of a value. */
function mainWord({ kind, value }: Tag): string {
  const [word] = Object.values(sayable(kind, value));
  return (typeof word === 'string' ? word : JSON.stringify(word ?? value)).slice(0, SHOWN);
}

function mainWords(
  tags: readonly Tag[],
  kinds: ReadonlySet<string>,
): Map<string, { kind: string; word: string }> {
  const own = tags.filter(({ kind }) => kinds.has(kind));
  return new Map(own.map((tag) => [`${tag.kind} ${tag.target}`, { kind: tag.kind, word: mainWord(tag) }]));
}

/** Adds what changes from one set of tags to the other. Returns whether anything does. */
function countTurns(
  turns: Map<string, Turn>,
  before: ReturnType<typeof mainWords>,
  after: ReturnType<typeof mainWords>,
): boolean {
  let isChanged = false;
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    const was = before.get(key);
    const is = after.get(key);
    const turn = { kind: (was ?? is)?.kind ?? '', before: was?.word ?? NOTHING, after: is?.word ?? NOTHING };
    const name = `${turn.kind} ${turn.before} ${turn.after}`;
    turns.set(name, { ...turn, count: (turns.get(name)?.count ?? 0) + 1 });
    isChanged ||= turn.before !== turn.after;
  }
  return isChanged;
}

/** What making outdated tags again would change, on a sample; nothing is written. */
export async function forecastRetag(
  deps: Pick<JobDeps, 'db' | 'resources' | 'log'>,
  asked: { versions: Versions; since: Date | null },
  sample: number,
): Promise<RetagForecast> {
  const kinds = new Set(Object.keys(asked.versions));
  const documents = await countOutdated(deps.db, asked);
  const ids = await sampleOutdated(deps.db, asked, sample);
  const turns = new Map<string, Turn>();
  let sampled = 0;
  let changed = 0;
  for (let at = 0; at < ids.length; at += BATCH) {
    for (const one of (await readRetaggable(deps.db, ids.slice(at, at + BATCH))).values()) {
      const fresh = tagAgain(deps, one, kinds);
      if (!fresh) continue;
      sampled += 1;
      if (countTurns(turns, mainWords(one.stored, kinds), mainWords(fresh, kinds))) changed += 1;
    }
  }
  const sorted = [...turns.values()].sort((a, b) => b.count - a.count);
  return { documents, sampled, changed, turns: sorted };
}
