import { grown } from '../lib/grown.ts';
import { type Clause, narrowest, type Weigh } from './clauses.ts';
import type { Reader } from './reader.ts';

/** Number of a topic in the index. */
export type TopicNumber = number;

/** Which topics a document can match at all: a superset, found by its words. */
export interface TopicIndex {
  add(topic: TopicNumber, clauses: readonly Clause[], weigh: Weigh): void;
  remove(topic: TopicNumber): void;
  /** Appends to `found` every topic of whose clauses the document passes each, in no order, each once. `sites`: its host and those above. */
  find(reader: Reader, sites: readonly string[], found: TopicNumber[]): void;
  /** Topics that nothing is required for: every document can match them. */
  unfiled(): Iterable<TopicNumber>;
}

/**
 * Each topic is filed under the tests of its narrowest clause; the others are checked when one of those comes. Numbers in flat
 * arrays: a hundred thousand topics are looked at thousands of times a second.
 */
export function createTopicIndex(): TopicIndex {
  const byTest: (TopicNumber[] | undefined)[] = [];
  const bySite = new Map<string, TopicNumber[]>();
  const filedUnder: (Clause | null)[] = [];
  const unfiled = new Set<TopicNumber>();
  let clauseList = new Uint32Array(1 << 12);
  let clauseEnd = 0;
  let unused = 0;
  let starts = new Int32Array(1024);
  let lengths = new Int32Array(1024);
  let seenIn = new Int32Array(1024);

  function makeRoom(topic: TopicNumber, length: number): void {
    if (topic >= starts.length) {
      const size = Math.max(topic + 1, starts.length * 2);
      starts = grown(starts, new Int32Array(size));
      lengths = grown(lengths, new Int32Array(size));
      seenIn = grown(seenIn, new Int32Array(size));
    }
    if (clauseEnd + length <= clauseList.length) return;
    const fresh = new Uint32Array(Math.max(clauseEnd + length, clauseList.length * 2));
    if (unused * 2 < clauseEnd) fresh.set(clauseList);
    else compact(fresh);
    clauseList = fresh;
  }

  /** Leaves out the clauses of topics that are gone. */
  function compact(fresh: Uint32Array): void {
    let end = 0;
    for (let topic = 0; topic < lengths.length; topic += 1) {
      const length = lengths[topic] as number;
      if (length === 0) continue;
      const start = starts[topic] as number;
      fresh.set(clauseList.subarray(start, start + length), end);
      starts[topic] = end;
      end += length;
    }
    clauseEnd = end;
    unused = 0;
  }

  function write(topic: TopicNumber, clauses: readonly Clause[]): void {
    const length = clauses.reduce((sum, { tests }) => sum + 1 + tests.length, 1);
    makeRoom(topic, length);
    starts[topic] = clauseEnd;
    lengths[topic] = length;
    for (const { tests } of clauses) {
      clauseList[clauseEnd] = tests.length;
      clauseList.set(tests, clauseEnd + 1);
      clauseEnd += 1 + tests.length;
    }
    clauseList[clauseEnd] = 0;
    clauseEnd += 1;
  }

  function add(topic: TopicNumber, clauses: readonly Clause[], weigh: Weigh): void {
    const under = narrowest(clauses, weigh);
    // A site is no test of a word: such a clause is left to the evaluator.
    write(
      topic,
      clauses.filter((clause) => clause !== under && clause.sites.length === 0),
    );
    filedUnder[topic] = under;
    if (under === null) unfiled.add(topic);
    for (const test of under?.tests ?? []) byTest[test] = appended(byTest[test], topic);
    for (const site of under?.sites ?? []) bySite.set(site, appended(bySite.get(site), topic));
  }

  function remove(topic: TopicNumber): void {
    const under = filedUnder[topic];
    unused += lengths[topic] ?? 0;
    lengths[topic] = 0;
    filedUnder[topic] = null;
    unfiled.delete(topic);
    for (const test of under?.tests ?? []) takeOut(byTest[test], topic);
    for (const site of under?.sites ?? []) takeOut(bySite.get(site), topic);
  }

  function consider(list: readonly TopicNumber[], reader: Reader, found: TopicNumber[]): void {
    for (let at = 0; at < list.length; at += 1) {
      const topic = list[at] as TopicNumber;
      if (seenIn[topic] === reader.document) continue;
      seenIn[topic] = reader.document;
      if (reader.passesClauses(clauseList, starts[topic] as number)) found.push(topic);
    }
  }

  function find(reader: Reader, sites: readonly string[], found: TopicNumber[]): void {
    const { passed } = reader;
    for (let at = 0; at < passed.length; at += 1) {
      const list = byTest[passed[at] as number];
      if (list !== undefined) consider(list, reader, found);
    }
    if (bySite.size > 0) for (const site of sites) consider(bySite.get(site) ?? [], reader, found);
    for (const topic of unfiled) found.push(topic);
  }

  return { add, remove, find, unfiled: () => unfiled };
}

/** Short lists are most, and an array that grows keeps room for sixteen more. */
const SHORT = 16;

function appended(list: TopicNumber[] | undefined, topic: TopicNumber): TopicNumber[] {
  if (list === undefined) return [topic];
  if (list.length < SHORT) return [...list, topic];
  list.push(topic);
  return list;
}

function takeOut(list: TopicNumber[] | undefined, topic: TopicNumber): void {
  const at = list?.indexOf(topic) ?? -1;
  if (list === undefined || at < 0) return;
  const last = list.pop() as TopicNumber;
  if (at < list.length) list[at] = last;
}
