import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { JobDeps } from '../../src/jobs/deps.ts';
import { type ImportOptions, importTopics } from '../../src/jobs/import-topics.ts';
import { rollBackTopic } from '../../src/jobs/rollback-topic.ts';
import { testTopics } from '../../src/jobs/test-topics.ts';
import { exportTopics } from '../../src/jobs/topic-folder.ts';
import { InputError } from '../../src/lib/errors.ts';
import type { ExampleText } from '../../src/model/topic.ts';
import type { Database } from '../../src/store/db.ts';
import { listRematchRuns } from '../../src/store/rematch-runs.ts';
import { listAllExamples, saveExample } from '../../src/store/topic-examples.ts';
import { listVersions } from '../../src/store/topic-history.ts';
import { findTopicByKey, listTopics, saveTopic } from '../../src/store/topics.ts';
import { addDocument, addSources, NOW } from '../support/rows.ts';
import { openTestPglite, truncate } from '../support/store.ts';
import { createHandQueue, createTestClock, createWorker } from './worker.ts';

const example = (text: string, mustMatch = true): ExampleText => ({
  mustMatch,
  url: null,
  title: null,
  author: null,
  text,
  note: '',
});

let db: Database;
let deps: JobDeps;
let folder: string;
let hand: ReturnType<typeof createHandQueue>;
beforeAll(async () => {
  db = await openTestPglite();
});
afterAll(() => db.close());
beforeEach(async () => {
  await truncate(db);
  hand = createHandQueue();
  deps = await createWorker(db, { queue: hand.queue, clock: createTestClock() });
  folder = mkdtempSync(join(tmpdir(), 'molva-topics-'));
  const [source] = await addSources(db, 'forum');
  await addDocument(db, source!, '1');
});
afterEach(() => rmSync(folder, { recursive: true }));

const file = (name: string): string => join(folder, name);
const write = (key: string, rest: string): void =>
  writeFileSync(file(`${key}.yaml`), `key: ${key}\nname: ${key}\n${rest}`);
const load = (options: Partial<ImportOptions> = {}) =>
  importTopics(deps, folder, { dryRun: false, anyway: false, actor: 'cli', ...options });
const mistakesOf = async (options: Partial<ImportOptions> = {}): Promise<string[]> => {
  const before = JSON.stringify([await listTopics(db), await listAllExamples(db)]);
  const error = await load(options).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(InputError);
  expect(JSON.stringify([await listTopics(db), await listAllExamples(db)])).toBe(before);
  return (error as InputError).issues.map(
    ({ at, message }) => `${at.replace(`${folder}/`, '')} ${message.split('\n')[0]}`,
  );
};
const save = (key: string, query: string, origin: 'user' | 'config' = 'user') =>
  saveTopic(db, { key, name: key, query }, origin, NOW, 'a@b.ru');

describe('topics in a folder', () => {
  it('come back into another store as they were', async () => {
    const { id } = await save('romashka', 'ромашка\nNOT лепесток');
    await saveExample(db, id, { ...example('Лепесток ромашки', false), note: 'flower' }, 'a@b.ru', NOW);
    await saveExample(db, id, example('Ромашка не везёт'), 'a@b.ru', NOW);
    await saveTopic(db, { key: 'tea', name: 'Чай', query: 'чай', enabled: false }, 'user', NOW);
    expect(await exportTopics(db, folder)).toMatchObject({
      written: [file('romashka.yaml'), file('tea.yaml')],
      same: 0,
    });
    const files = readdirSync(folder).map((name) => readFileSync(file(name), 'utf8'));
    await truncate(db);
    expect((await load()).map(({ kind }) => kind)).toEqual(['new', 'new']);
    expect((await load()).map(({ kind, lines }) => [kind, lines])).toEqual([
      ['same', []],
      ['same', []],
    ]);
    expect(await exportTopics(db, folder)).toMatchObject({ written: [], same: 2 });
    expect(readdirSync(folder).map((name) => readFileSync(file(name), 'utf8'))).toEqual(files);
    expect(await findTopicByKey(db, 'tea')).toMatchObject({ enabled: false, origin: 'user' });
  });

  it('a file that says the same keeps its comments, one that does not is written anew where it is', async () => {
    await save('romashka', 'ромашка');
    writeFileSync(file('other.yml'), '# ours\n{ key: romashka, name: romashka, query: ромашка }\n');
    utimesSync(file('other.yml'), 1, 1);
    expect(await exportTopics(db, folder)).toMatchObject({ written: [], same: 1 });
    expect(statSync(file('other.yml')).mtimeMs).toBe(1000);
    await save('romashka', 'ромашка NOT лепесток');
    expect((await exportTopics(db, folder)).written).toEqual([file('other.yml')]);
    expect(readdirSync(folder)).toEqual(['other.yml']);
  });

  it('export names files of topics that are gone, and writes nothing beside one with mistakes', async () => {
    await save('romashka', 'ромашка');
    write('gone', 'query: x');
    expect((await exportTopics(db, folder)).others).toEqual([file('gone.yaml')]);
    rmSync(file('romashka.yaml'));
    write('broken', 'query: [');
    await expect(exportTopics(db, folder)).rejects.toThrow(/broken\.yaml:3:/);
    expect(readdirSync(folder)).toEqual(['broken.yaml', 'gone.yaml']);
  });

  it('import says line by line what would change, and then changes it, once', async () => {
    const { id } = await save('romashka', 'ромашка\nNOT лепесток');
    await saveExample(db, id, example('Ромашка и лепесток', false), 'a@b.ru', NOW);
    write(
      'romashka',
      'query: |\n  ромашка\n  NOT (лепесток OR букет)\nmust_match:\n  - text: Ромашка не везёт\n',
    );
    write('tea', 'query: чай\n');
    const expected = [
      {
        key: 'romashka',
        kind: 'changed',
        lines: [
          '- NOT лепесток',
          '+ NOT (лепесток OR букет)',
          '+ must match: «Ромашка не везёт»',
          '= kept, though not in the file: must not match: «Ромашка и лепесток»',
        ],
      },
      { key: 'tea', kind: 'new', lines: ['name: tea', '+ чай'] },
    ];
    expect(await load({ dryRun: true })).toEqual(expected);
    expect([await findTopicByKey(db, 'tea'), hand.take(), (await listAllExamples(db)).length]).toEqual([
      null,
      [],
      1,
    ]);
    expect(await load()).toEqual(expected);
    expect(await findTopicByKey(db, 'tea')).toMatchObject({ query: 'чай' });
    expect((await listAllExamples(db)).map(({ text, addedBy }) => [text, addedBy])).toEqual([
      ['Ромашка и лепесток', 'a@b.ru'],
      ['Ромашка не везёт', 'cli'],
    ]);
    expect((await listVersions(db, id)).map(({ savedBy }) => savedBy)).toEqual(['cli', 'a@b.ru']);
    expect(hand.take().map(({ name }) => name)).toEqual(['rematch']);
    expect(await listRematchRuns(db)).toMatchObject([{ done: 0, total: 1 }]);
    await load();
    expect(hand.take()).toEqual([]);
  });

  it('import names every mistake of every file with its place and changes nothing', async () => {
    await save('old', 'saved:tea');
    await save('tea', 'чай');
    await save('fixed', 'x', 'config');
    write('a', 'query: |-\n  ромашка AND\n  (лютик OR\n');
    write('b', 'query: saved:nothing\n');
    write('fixed', 'query: other\n');
    write('tea', 'query: чай OR saved:tea\n');
    write('good', 'query: fine\n');
    expect(await mistakesOf()).toEqual([
      expect.stringMatching(/^a\.yaml:5:3 This parenthesis/),
      expect.stringMatching(/^a\.yaml:5:10 A word is missing/),
      expect.stringMatching(/^b\.yaml:3:8 /),
      'fixed.yaml:1:1 the topic "fixed" stands in the configuration file; change it there (examples may stand here)',
      expect.stringMatching(/^tea\.yaml:3:15 /),
      expect.stringMatching(/^topic old could no longer be read/),
    ]);
  });

  it('files that cannot be read as topics stop the others', async () => {
    write('good', 'query: fine\n');
    write('bad', 'query: 5\n');
    writeFileSync(file('twin.yaml'), 'key: good\nname: x\nquery: y\n');
    writeFileSync(file('huge.yml'), 'x'.repeat(2_000_001));
    symlinkSync('/etc/hostname', file('link.yaml'));
    writeFileSync(file('.hidden.yaml'), '[');
    writeFileSync(file('notes.txt'), '[');
    expect(await mistakesOf()).toEqual(
      [
        'bad.yaml:3:1 query: Invalid input: expected string, received number',
        'huge.yml:1:1 is larger than 2 MB; that is hardly one topic',
        'link.yaml:1:1 is no plain file',
        'twin.yaml:1:1 "good" is the key of good.yaml:1:1 already',
      ].map((line) =>
        line.includes('good.yaml')
          ? expect.stringMatching(/^twin\.yaml:1:1 "good" is the key of .*good\.yaml:1:1 already$/)
          : line,
      ),
    );
  });

  it('an example that fails is a mistake with its place and why, unless it is wanted anyway', async () => {
    const { id } = await save('romashka', 'ромашка');
    await saveExample(db, id, example('Ромашка и букет'), 'a@b.ru', NOW);
    write(
      'romashka',
      'query: ромашка NOT букет\nmust_match:\n  - text: лютик\nmust_not_match:\n  - text: Ромашка\n',
    );
    expect(await mistakesOf()).toEqual([
      'romashka.yaml:5:5 an example fails: must match: «лютик»: missing: ромашка',
      'romashka.yaml:7:5 an example fails: must not match: «Ромашка»: found: Ромашка',
      'romashka.yaml:3:1 an example fails: kept in the store, must match: «Ромашка и букет»: excluded by: букет (букет)',
    ]);
    await load({ anyway: true });
    expect(await findTopicByKey(db, 'romashka')).toMatchObject({ query: 'ромашка NOT букет' });
  });

  it('a topic of the configuration takes examples from a file', async () => {
    await save('fixed', 'ромашка', 'config');
    write('fixed', 'query: ромашка\nmust_match:\n  - text: Ромашка\n');
    expect((await load()).map(({ kind }) => kind)).toEqual(['changed']);
    expect(await findTopicByKey(db, 'fixed')).toMatchObject({ origin: 'config' });
    expect(await listAllExamples(db)).toHaveLength(1);
  });

  it('topics may name each other across files', async () => {
    write('a', 'query: saved:b NOT x\n');
    write('b', 'query: ромашка\n');
    expect((await load()).map(({ kind }) => kind)).toEqual(['new', 'new']);
  });

  it('an empty folder and one that is not there are told', async () => {
    expect(await mistakesOf()).toEqual([`${folder} holds no .yaml file of a topic`]);
    await expect(
      importTopics(deps, file('no'), { dryRun: true, anyway: false, actor: 'cli' }),
    ).rejects.toThrow(/cannot be read/);
  });
});

describe('examples', () => {
  it('are tested against the queries of their topics, one or all', async () => {
    const { id } = await save('romashka', 'ромашка AND saved:money');
    await save('money', 'деньги');
    await saveExample(db, id, example('Ромашка, деньги!'), 'a', NOW);
    await saveExample(db, id, example('Ромашка'), 'a', NOW);
    const tests = await testTopics(deps, null);
    expect(tests.map(({ key, examples, failures }) => [key, examples, failures.length])).toEqual([
      ['romashka', 2, 1],
      ['money', 0, 0],
    ]);
    expect(tests[0]?.failures[0]?.reasons.map(({ message }) => message.en)).toEqual(['missing: деньги']);
    await db.query(`delete from topics where key = 'money'`);
    expect((await testTopics(deps, 'romashka'))[0]?.issues).toHaveLength(1);
    await expect(testTopics(deps, 'nothing')).rejects.toThrow(/no such topic/);
  });
});

describe('rolling back', () => {
  it('makes an older version the newest one, with who and why, and matches the past again', async () => {
    const { id } = await save('romashka', 'ромашка');
    await save('romashka', 'лютик');
    hand.take();
    await rollBackTopic(deps, 'romashka', 1, { actor: 'cli', anyway: false });
    expect(await listVersions(db, id)).toMatchObject([
      { version: 3, query: 'ромашка', savedBy: 'cli', restored: 1 },
      { version: 2, query: 'лютик', restored: null },
      { version: 1, query: 'ромашка', restored: null },
    ]);
    expect(await findTopicByKey(db, 'romashka')).toMatchObject({ query: 'ромашка' });
    expect(hand.take().map(({ name }) => name)).toEqual(['rematch']);
  });

  it('is refused where it makes no sense', async () => {
    const { id } = await save('romashka', 'ромашка');
    await save('romashka', 'лютик');
    await saveExample(db, id, example('Лютик'), 'a', NOW);
    await save('fixed', 'x', 'config');
    const back = (key: string, version: number, anyway = false) =>
      rollBackTopic(deps, key, version, { actor: 'cli', anyway });
    await expect(back('nothing', 1)).rejects.toThrow(/no such topic/);
    await expect(back('fixed', 1)).rejects.toThrow(/configuration/);
    await expect(back('romashka', 9)).rejects.toThrow(/no version 9/);
    await expect(back('romashka', 2)).rejects.toThrow(/already/);
    await expect(back('romashka', 1)).rejects.toThrow(
      /an example fails: must match: «Лютик»: missing: ромашка/,
    );
    expect(await listVersions(db, id)).toHaveLength(2);
    await back('romashka', 1, true);
    expect(await listVersions(db, id)).toHaveLength(3);
  });
});
