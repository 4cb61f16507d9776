import type { SentimentLabel } from '../../src/model/tag.ts';
import type { Topic } from '../../src/model/topic.ts';
import {
  countAllSlots,
  countKinds,
  countSlots,
  countWhere,
  type MentionKind,
  type PostSpan,
  type Said,
  SLOT_MS,
} from '../../src/store/analytics.ts';
import type { Db } from '../../src/store/db.ts';
import { presentSight } from '../../src/store/limited-reads.ts';
import { remembered } from '../../src/store/remembered.ts';
import { readSearchForm, type SearchForm, searchHref } from '../search-form.ts';
import type { Ask } from './ask.ts';
import { daysOfPeriod } from './ask.ts';
import { hasPartHours, momentKey, type Period, type Step } from './period.ts';

/** In the order in which they are drawn, from the bottom. */
export const TONES = [
  'negative',
  'unsure',
  'neutral',
  'positive',
] as const satisfies readonly SentimentLabel[];

/** What a post has for the topics that are asked for: its tones, and whether it complains. */
export interface Traits {
  tones: ReadonlySet<SentimentLabel>;
  /** Of complaints. */
  reasons: ReadonlySet<string>;
}

/** Posts at one time. */
export interface Slot {
  at: Date;
  traits: Traits;
  posts: number;
}

/** Posts of one kind. */
export interface KindCount {
  said: readonly Said[];
  traits: Traits;
  posts: number;
}

/** Blocks come one by one, and people look at the same numbers for a while. */
export const FOR_MS = 60_000;
const slotsOf = remembered(
  FOR_MS,
  (
    db,
    span: Pick<PostSpan, 'from' | 'to'>,
    classes: readonly (readonly [number, number])[],
    byQuarters: boolean,
  ) => countSlots(db, span, new Map(classes), byQuarters),
);
const allSlotsOf = remembered(FOR_MS, countAllSlots);
const kindCountsOf = remembered(FOR_MS, countKinds);
const whereOf = remembered(FOR_MS, countWhere);

/** What is shown, or what it is compared with: some topics in a time. What is counted is counted once. */
export interface Side {
  period: Period;
  /** Empty: all. */
  topics: readonly Topic[];
  /** Everything of it. */
  span: PostSpan;
  /** Kinds with such traits. */
  kindsWith(test: (traits: Traits) => boolean): number[];
  /** All posts, with their tones; of what others are compared with, their number alone. */
  slots(): Promise<Slot[]>;
  /** Complaints, with what they are about. */
  complaints(): Promise<Slot[]>;
  counts(): Promise<KindCount[]>;
  /** The same of all topics. */
  everything(): Promise<Pick<KindCount, 'said' | 'posts'>[]>;
  /** By source and by language. */
  where(): ReturnType<typeof countWhere>;
  /** Its posts on the page of mentions. */
  href(change: Partial<SearchForm>): string;
}

/** `topics`: null: all. */
function traitsOf(said: readonly Said[], topics: ReadonlySet<number> | null): Traits | null {
  const own = topics === null ? said : said.filter(({ topic }) => topics.has(topic));
  if (own.length === 0) return null;
  return {
    tones: new Set(own.map(({ tone }) => tone)),
    reasons: new Set(own.flatMap(({ reason }) => reason ?? [])),
  };
}

function once<Value>(work: () => Promise<Value>): () => Promise<Value> {
  let known: Promise<Value> | undefined;
  return () => {
    known ??= work();
    return known;
  };
}

const NONE: ReadonlySet<never> = new Set();

/** Kinds of which the same is of interest are counted together: fewer rows come out of the store. */
function classesOf(
  kinds: ReadonlyMap<number, Traits>,
  pick: (traits: Traits) => Traits | null,
): { classes: Map<number, number>; traits: Traits[] } {
  const places = new Map<string, number>();
  const traits: Traits[] = [];
  const classes = new Map<number, number>();
  for (const [id, all] of kinds) {
    const one = pick(all);
    if (!one) continue;
    const key = JSON.stringify([[...one.tones].sort(), [...one.reasons].sort()]);
    const place = places.get(key) ?? traits.push(one) - 1;
    places.set(key, place);
    classes.set(id, place);
  }
  return { classes, traits };
}

/** Up to now its last day is whole, and an earlier time ends where it was cut off. */
function searchOf(topics: readonly Topic[], period: Period, isCut: boolean): SearchForm {
  const { from, to } = daysOfPeriod(period);
  const until = isCut ? momentKey(period.until, period.zone) : to;
  const end = isCut && !until.includes('T') ? `${until}T00:00` : until;
  return readSearchForm({ topic: topics.map(({ key }) => key), from, to: end });
}

interface SideAsk {
  db: Db;
  all: readonly MentionKind[];
  topics: readonly Topic[];
  /** Those of which a member of a team may know; null: all. */
  seen: readonly Topic[] | null;
  period: Period;
  /** It ends where the present cuts off what is shown. */
  isCut: boolean;
  /** Its slots are asked for their tones. */
  hasTones: boolean;
}

/** Topics whose mentions are counted; null: of all. */
function countedTopics({ topics, seen }: SideAsk): readonly Topic[] | null {
  return topics.length > 0 ? topics : seen;
}

function kindsOf(ask: SideAsk): Map<number, Traits> {
  const { all } = ask;
  const topics = countedTopics(ask);
  const ids = topics && new Set<number>(topics.map(({ id }) => id));
  return new Map(
    all.flatMap(({ id, said }): [number, Traits][] => {
      const traits = traitsOf(said, ids);
      return traits ? [[id, traits]] : [];
    }),
  );
}

function slotReader(
  { db, hasTones }: SideAsk,
  span: PostSpan,
  byQuarters: boolean,
  kinds: ReadonlyMap<number, Traits>,
) {
  const toSlots = (rows: readonly [number, number, number][], traits: readonly Traits[]): Slot[] =>
    rows.flatMap(([slot, place, posts]): Slot[] => {
      const own = traits[place];
      return own ? [{ at: new Date(span.from.getTime() + slot * SLOT_MS), traits: own, posts }] : [];
    });
  const read = async (pick: (traits: Traits) => Traits | null): Promise<Slot[]> => {
    const { classes, traits } = classesOf(kinds, pick);
    return toSlots(await slotsOf(db, span, [...classes], byQuarters), traits);
  };
  return {
    slots: once(async () => {
      if (hasTones) return read(({ tones }) => ({ tones, reasons: NONE }));
      const nothing = { tones: NONE, reasons: NONE };
      if (span.kinds === null) return toSlots(await allSlotsOf(db, span, byQuarters), [nothing]);
      return read(() => nothing);
    }),
    complaints: once(() => read(({ reasons }) => (reasons.size > 0 ? { tones: NONE, reasons } : null))),
  };
}

function sideOf(ask: SideAsk): Side {
  const { db, all, topics, period, isCut } = ask;
  const kinds = kindsOf(ask);
  const span = {
    from: period.from,
    to: isCut ? period.until : period.to,
    kinds: countedTopics(ask) === null ? null : [...kinds.keys()],
  };
  const byQuarters = hasPartHours(period);
  const search = searchOf(topics, period, isCut);
  const counted = once(() => kindCountsOf(db, span, byQuarters));
  const saidOf = new Map(all.map(({ id, said }) => [id, said]));
  const kindsWith: Side['kindsWith'] = (test) =>
    [...kinds].flatMap(([id, traits]) => (test(traits) ? id : []));
  return {
    period,
    topics,
    span,
    kindsWith,
    ...slotReader(ask, span, byQuarters, kinds),
    href: (change) => searchHref(search, change),
    counts: async () =>
      (await counted()).flatMap(([id, posts]): KindCount[] => {
        const traits = kinds.get(id);
        return traits ? [{ said: saidOf.get(id) ?? [], traits, posts }] : [];
      }),
    everything: async () => (await counted()).map(([id, posts]) => ({ said: saidOf.get(id) ?? [], posts })),
    where: once(() =>
      whereOf(
        db,
        span,
        kindsWith(({ tones }) => tones.has('negative')),
      ),
    ),
  };
}

/** What is shown, and what it is compared with. */
export function sidesOf(db: Db, kinds: readonly MentionKind[], ask: Ask): { own: Side; other: Side | null } {
  // The counts are of all topics, and no table of them is cut down for teams: that is done here.
  const common = { db, all: kinds, seen: presentSight() ? ask.topics : null };
  const own = sideOf({ ...common, topics: ask.chosen, period: ask.period, isCut: false, hasTones: true });
  if (!ask.other) return { own, other: null };
  const topics = ask.against.kind === 'topic' ? [ask.against.topic] : ask.chosen;
  const isCut = ask.against.kind === 'before' && ask.other.until < ask.other.to;
  return { own, other: sideOf({ ...common, topics, period: ask.other, isCut, hasTones: false }) };
}

export function sumPosts(rows: readonly { posts: number }[]): number {
  return rows.reduce((sum, { posts }) => sum + posts, 0);
}

/** Each slot's posts in the step in which it lies; steps follow each other without a gap. */
export function slotsByStep(slots: readonly Slot[], steps: readonly Step[]): Slot[][] {
  const found: Slot[][] = steps.map(() => []);
  const starts = steps.map(({ from }) => from.getTime());
  for (const slot of slots) {
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= slot.at.getTime()) low = middle;
      else high = middle - 1;
    }
    found[low]?.push(slot);
  }
  return found;
}
