import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadMatchWords } from '../src/app/match-words.ts';
import { createVault, KEY_BYTES } from '../src/lib/vault.ts';
import { createMatcher, type Matcher } from '../src/match/matcher.ts';
import type { MatchPost } from '../src/match/post.ts';
import { customerLine, toMatchCustomer } from '../src/match/records.ts';
import { MemoryRegister } from '../src/match/register/memory-register.ts';
import {
  createStoreRegister,
  registerVersion,
  saveToRegister,
} from '../src/match/register/store-register.ts';
import type { MatchWords } from '../src/match/signs.ts';
import type { MatchCustomer } from '../src/match/subject.ts';
import type { Database } from '../src/store/db.ts';
import { migrate } from '../src/store/migrate.ts';
import { openPglite } from '../src/store/pglite.ts';
import { pick, randomFrom } from './random.ts';
import { printTable, quantile, type Row, timed } from './report.ts';

const POSTS = 4000;
const CHANGES = 500;
const BATCH = 500;
const NO_HISTORY = { bound: null, rejected: new Set<string>() };
const TABLES = new URL('../config/names/', import.meta.url);
const BEGINNINGS = 'бел вор гор дем ер жар зим кол лаз мор ник орл пан рощ сав тих уш фил хар цап шум'.split(
  ' ',
);
const MIDDLES = 'ан ар ел ен ет ик ил ин ов ол ор ун уш ыл ям'.split(' ');
const ENDS = 'ов ев ин енко ский ук'.split(' ');

interface Person {
  first: string;
  last: string;
  city: string;
  email: string;
  phone: string;
}

const wordsOf = (file: string): string[] =>
  readFileSync(new URL(file, TABLES), 'utf8')
    .split('\n')
    .flatMap((line) => (line.startsWith('#') || line === '' ? [] : [line.split('\t')[0] ?? '']));

/** People as life deals them out: few first names and towns are very common. */
function makePeople(count: number): Person[] {
  const random = randomFrom(7);
  const [firsts, cities] = [wordsOf('first-names.tsv'), wordsOf('cities.tsv')];
  const skewed = <T>(from: readonly T[]): T => from[Math.floor(random() ** 3 * from.length)] as T;
  return Array.from({ length: count }, (_, at) => ({
    first: skewed(firsts.slice(0, 200)),
    last: `${pick(random, BEGINNINGS)}${skewed(MIDDLES)}${pick(random, MIDDLES)}${pick(random, ENDS)}`,
    city: skewed(cities),
    email: `user${at}@mail${at % 9}.example`,
    phone: `+79${String(100_000_000 + at).padStart(9, '0')}`,
  }));
}

function toCustomer(
  { first, last, city, email, phone }: Person,
  id: number,
  words: MatchWords,
): MatchCustomer {
  const line = {
    customer_id: String(id),
    full_name: `${last} ${first}`,
    city,
    emails: [email],
    phones: [phone],
  };
  return toMatchCustomer(customerLine.parse(line), words);
}

/** A third with an own e-mail or phone, a third with the name and the town, a third strangers. */
function makePosts(people: readonly Person[]): MatchPost[] {
  const random = randomFrom(8);
  return Array.from({ length: POSTS }, (_, at) => {
    const who = pick(random, people);
    const kind = at % 3;
    const contact = at % 2 === 0 ? `моя почта ${who.email}` : `мой номер ${who.phone}`;
    return {
      id: String(at),
      platform: 'forum.example',
      authorId: String(at),
      displayName: kind === 2 ? `nick${at}` : `${who.first} ${who.last}`,
      handle: `nick${at}`,
      bio: null,
      city: kind === 1 ? who.city : null,
      links: [],
      text: `Третью неделю жду ответа от магазина, деньги не вернули. ${kind === 0 ? contact : 'Обидно.'}`,
      publishedAt: new Date('2026-11-01'),
    };
  });
}

async function timePosts(matcher: Matcher, posts: readonly MatchPost[]): Promise<number[]> {
  const times: number[] = [];
  for (const post of posts) {
    const started = performance.now();
    await matcher.match(post, NO_HISTORY);
    times.push(performance.now() - started);
  }
  return times;
}

const figures = (where: string, times: readonly number[], changes: readonly number[], rest: Row): Row => ({
  where,
  'post p50 ms': quantile(times, 0.5),
  'p99 ms': quantile(times, 0.99),
  'change p50 ms': quantile(changes, 0.5),
  'p99 change': quantile(changes, 0.99),
  ...rest,
});

async function inMemory(size: number, words: MatchWords): Promise<Row> {
  const people = makePeople(size);
  const posts = makePosts(people);
  const before = process.memoryUsage.rss();
  const register = new MemoryRegister();
  const { ms } = await timed(() => {
    for (const [id, person] of people.entries()) register.put(toCustomer(person, id, words));
  });
  const mb = (process.memoryUsage.rss() - before) / 2 ** 20;
  const times = await timePosts(createMatcher(register, words), posts);
  const changes = people.slice(0, CHANGES).map((person, id) => {
    const started = performance.now();
    register.put(toCustomer({ ...person, city: 'Омск' }, id, words));
    return performance.now() - started;
  });
  return figures(`memory, ${size}`, times, changes, { 'filled s': ms / 1000, 'MB more': mb });
}

async function fill(
  db: Database,
  people: readonly Person[],
  save: (from: number, to: number) => Promise<unknown>,
) {
  for (let from = 0; from < people.length; from += BATCH) {
    const to = Math.min(from + BATCH, people.length);
    await db.query(
      `insert into customers (external_id, name, created_at, updated_at)
       select 'c' || n, 'n' || n, now(), now() from generate_series($1::int, $2::int) n`,
      [from, to - 1],
    );
    await save(from, to);
  }
}

async function inStore(size: number, words: MatchWords): Promise<Row> {
  const folder = mkdtempSync(join(tmpdir(), 'molva-bench-'));
  const db = await openPglite(join(folder, 'db'));
  try {
    await migrate(db, new Date());
    const vault = createVault(Buffer.alloc(KEY_BYTES, 1));
    const people = makePeople(size);
    const version = registerVersion('strong_only');
    const put = (customers: MatchCustomer[]): Promise<unknown> =>
      db.transaction((tx) => saveToRegister(tx, vault, version, customers));
    const { ms } = await timed(() =>
      fill(db, people, (from, to) =>
        put(people.slice(from, to).map((person, at) => toCustomer(person, from + at + 1, words))),
      ),
    );
    const posts = makePosts(people).slice(0, POSTS / 4);
    const times = await timePosts(createMatcher(createStoreRegister(db, vault), words), posts);
    const changes: number[] = [];
    for (const [at, person] of people.slice(0, CHANGES / 2).entries()) {
      const changed = toCustomer({ ...person, city: 'Омск' }, at + 1, words);
      const started = performance.now();
      await put([changed]);
      changes.push(performance.now() - started);
    }
    return figures(`store (PGlite, sealed), ${size}`, times, changes, {
      'filled s': ms / 1000,
      'MB more': 0,
    });
  } finally {
    await db.close();
    rmSync(folder, { recursive: true });
  }
}

/** The alternative: an exact identifier or the exact full name, in one map. */
async function byMap(size: number): Promise<Row> {
  const people = makePeople(size);
  const posts = makePosts(people);
  const holders = new Map<string, number>();
  const { ms } = await timed(() => {
    for (const [id, { first, last, email, phone }] of people.entries())
      for (const key of [email, phone, `${first} ${last}`]) holders.set(key, id);
  });
  const times = posts.map(({ text, displayName }) => {
    const started = performance.now();
    const contact = /[\w.]+@[\w.]+|\+\d{11}/.exec(text)?.[0];
    holders.get(contact ?? displayName);
    return performance.now() - started;
  });
  return figures(`a map of identifiers and names, ${size}`, times, [0], {
    'filled s': ms / 1000,
    'MB more': 0,
  });
}

/** Finding the customer behind a post: `[customers in memory [customers in the store]]`. */
export async function benchCustomers(): Promise<void> {
  const [memory = 100_000, store = 20_000] = process.argv.slice(3).map(Number);
  const words = await loadMatchWords();
  printTable([await byMap(memory), await inMemory(memory, words), await inStore(store, words)]);
}
