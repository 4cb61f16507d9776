import type { CopyCase } from '../corpus/copies/cases.ts';
import { changedCopies, composedOriginals, createWriters } from '../corpus/copies/cases.ts';
import { type CopyResult, measureCopies } from '../corpus/copies/measure.ts';
import { createMemoryStories } from '../src/understand/stories/memory-stories.ts';
import { printTable, timed } from './report.ts';
import { createAllPairs, createSimHash } from './stories/alternatives.ts';
import { benchArrivals } from './stories/arrivals.ts';
import { benchStoredArrivals } from './stories/stored-arrivals.ts';

const ORIGINALS = 1000;
const FORMS = 200;
const SEED = 20_261;

type Find = (at: number, text: string) => number;

async function judge(name: string, cases: readonly CopyCase[], find: Find) {
  const { value, cpuMs } = await timed(() => measureCopies(cases, find));
  return { name, cpuMs: cpuMs / cases.length, ...value };
}

function printKinds(results: readonly ({ name: string } & CopyResult)[]): void {
  const kinds = results[0]?.kinds.map(({ kind }) => kind) ?? [];
  printTable(
    kinds.map((kind) => ({
      kind,
      texts: results[0]?.kinds.find((one) => one.kind === kind)?.texts ?? 0,
      ...Object.fromEntries(
        results.flatMap(({ name, kinds: own }) => {
          const one = own.find((figures) => figures.kind === kind);
          return [
            [`${name}: found`, one?.found ?? 0],
            [`${name}: wrong`, one?.wrong ?? 0],
          ];
        }),
      ),
    })),
  );
}

/** Copies by each kind of change, beside two known ways; then the cost of an arrival among many. */
export async function benchStories(): Promise<void> {
  const writers = createWriters(SEED);
  const cases = changedCopies(composedOriginals(ORIGINALS, writers), FORMS, writers);
  const memory = createMemoryStories();
  const results = [
    await judge('Molva', cases, (at, text) => memory.add(at, text).story),
    await judge('SimHash', cases, createSimHash()),
    await judge('all pairs', cases, createAllPairs()),
  ];
  printKinds(results);
  console.log();
  printTable(
    results.map(({ name, precision, recall, cpuMs }) => ({ name, precision, recall, 'CPU ms/text': cpuMs })),
  );
  console.log(
    '\nSimHash: 64 bits of word triples, at most 3 differ. all pairs: Jaccard of word triples ≥ 0.5 with any text before.\n',
  );
  await benchArrivals();
  await benchStoredArrivals();
}
