import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CommandDeps, Output, RegisteredCommand } from '../../../src/commands/command.ts';
import { findCommand } from '../../../src/commands/registry.ts';
import { correct } from '../../../src/jobs/correct.ts';
import { compareStored } from '../../../src/jobs/models/compare-stored.ts';
import { followModelInUse } from '../../../src/jobs/models/follow.ts';
import { readAnchors, readLessons } from '../../../src/jobs/models/material.ts';
import { trainModel } from '../../../src/jobs/models/train.ts';
import { rollBackModel, useModel } from '../../../src/jobs/models/use.ts';
import { InputError } from '../../../src/lib/errors.ts';
import type { DocumentId, ModelId } from '../../../src/model/ids.ts';
import type { TagResources } from '../../../src/model/ports.ts';
import { listAudit } from '../../../src/store/audit.ts';
import type { Database } from '../../../src/store/db.ts';
import { listModels, modelDocuments, modelInUse } from '../../../src/store/models.ts';
import { isHeldOut } from '../../../src/understand/adapt/groups.ts';
import { sentiment } from '../../../src/understand/taggers/sentiment.ts';
import { tagVersion } from '../../../src/understand/versions.ts';
import { found } from '../../support/rows.ts';
import { openTestPglite } from '../../support/store.ts';
import { plainPosts, turnPosts } from '../../support/turn-posts.ts';
import { openRuleWorld, type RuleWorld } from '../rules/rule-world.ts';
import { loadResources } from '../worker.ts';

const BY = 'anna@pr.example';
let db: Database;
let world: RuleWorld;
let resources: TagResources;

/** Resources that this test may change: others of the file see the shipped models. */
async function ownResources(): Promise<TagResources> {
  return { ...(await loadResources()) };
}

beforeAll(async () => {
  db = await openTestPglite();
  resources = await ownResources();
  world = await openRuleWorld(db, { changes: { resources } });
});
afterAll(() => db.close());

const TURNS = turnPosts(50).map(({ text }) => `Ромашка: ${text}`);
const PLAIN = plainPosts(50).map(({ text }) => `Ромашка. ${text}`);

async function say(documentId: number, said: { label: string } | 'right'): Promise<void> {
  const about = { documentId: documentId as DocumentId, revision: 1, kind: 'sentiment', target: 'romashka' };
  await db.transaction((tx) => correct(tx, world.deps, { ...about, said, by: BY }));
  await world.work();
}

interface Tone {
  version: string;
  best: string;
  text: string;
}

/** How many posts with the turn that nobody has corrected are praise. */
const praised = (all: readonly Tone[]): number =>
  all.filter(({ text, best }) => text.includes('жесть') && best === 'positive').length;

const tones = () =>
  db.query<Tone>(
    `select g.version, g.value->>'best' as best, d.text from tags g join documents d on d.id = g.document_id
     where g.kind = 'sentiment' and g.target = 'romashka' and g.corrected is null order by d.id`,
  );

async function run(name: string, positional: string[] = [], options: Record<string, unknown> = {}) {
  const command = (await findCommand(name)) as RegisteredCommand;
  let text = '';
  const data: unknown[] = [];
  const out: Output = {
    data: (value, words) => {
      data.push(value);
      text += `${words}\n`;
    },
    message: (words) => {
      text += `${words}\n`;
    },
  };
  const deps = { jobs: world.deps, inServer: true } as unknown as CommandDeps;
  const code = await command.run(deps, command.read(positional, options), out);
  return { code, text, data };
}

describe('before anybody has corrected anything', () => {
  it('says what there is and what is missing, and makes nothing', async () => {
    const { code, text } = await run('model train');
    expect(code).toBe(1);
    expect(text).toContain('nothing was learned from 0 corrections');
    expect(await listModels(db)).toEqual([]);
    await expect(run('model compare')).rejects.toThrow(/molva model train makes one/);
    await expect(run('model rollback')).rejects.toThrow(InputError);
    await expect(run('model use', ['7'])).rejects.toThrow(/no model 7/);
    await expect(run('model use', ['seven'])).rejects.toThrow(InputError);
    expect((await run('model list')).text).toBe('shipped\tin use\n');
  });
});

describe('with 60 corrections of a made-up turn', () => {
  let id: ModelId;
  /** Tags as the shipped models make them. */
  let shipped: Tone[];
  beforeAll(async () => {
    await world.publish(...[...TURNS, ...PLAIN].map((text, at) => found(`p${at}`, { text })));
    for (let at = 1; at <= 36; at += 1) await say(at, { label: 'positive' });
    for (let at = 51; at <= 74; at += 1) await say(at, 'right');
  });

  it('reads what people have said, and posts of which nobody has said anything', async () => {
    const lessons = await readLessons(db);
    // Who says that "not sure" is right teaches no tone.
    const [said] = await db.query<{ n: number }>(
      `select count(*)::int as n from corrections where after->>'label' <> 'unsure'`,
    );
    expect(lessons).toHaveLength(said!.n);
    expect(said!.n).toBeGreaterThan(50);
    expect(lessons[0]).toMatchObject({ kind: 'sentiment', target: 'romashka', said: { label: 'positive' } });
    expect(lessons.some(({ group }) => isHeldOut(group))).toBe(true);
    expect((await readAnchors(db, 1000)).map(({ documentId }) => documentId)).toEqual(
      expect.arrayContaining([37, 50, 75, 100]),
    );
  });

  it('learns it, measures it on what is held out, and changes nothing yet', async () => {
    shipped = await tones();
    const { made, corrections, heldOut, questions } = await trainModel(world.deps, BY, () => undefined);
    id = made!.id;
    expect(heldOut).toBeGreaterThan(0);
    // Some are seen from the topic, by a model of its own.
    expect(questions.reduce((sum, { lessons }) => sum + lessons, 0)).toBe(corrections - heldOut);
    expect(questions[0]).toMatchObject({ model: 'opinion', question: 'tone', outcome: 'learned' });
    expect(made!.comparison.cases).toBe(heldOut);
    expect(made!.comparison.mended.length).toBeGreaterThan(0);
    expect(made!.comparison.broken).toEqual([]);
    expect(await tones()).toEqual(shipped);
    expect(await modelInUse(db)).toBeNull();
    const learned = await modelDocuments(db, id);
    for (const { documentId, group } of await readLessons(db))
      expect(learned.has(documentId)).toBe(!isHeldOut(group));
    for (const { documentId } of made!.comparison.mended) expect(learned.has(documentId)).toBe(false);
  });

  it('is compared again by command, with numbers of documents and without their words', async () => {
    const { text, data } = await run('model compare', [String(id)]);
    expect(text).toMatch(/tone towards topics, ru: \d+ corrections/);
    expect(text).toMatch(/\n(better|worse|cannot tell)[^\n]*\n$/);
    expect(text + JSON.stringify(data)).not.toContain('жесть');
  });

  it('is used at once, tags what is stored again, and people’s words stay', async () => {
    const { code } = await run('model use', [String(id)]);
    expect(code).toBe(0);
    await world.work();
    const after = await tones();
    expect(new Set(after.map(({ version }) => version))).toEqual(new Set([tagVersion(sentiment, resources)]));
    expect(resources.modelsVersion).toContain('.');
    expect(praised(after)).toBeGreaterThanOrEqual(praised(shipped) + 4);
    const [row] = await db.query(`select count(*)::int as n from tags where corrected->>'by' = $1`, [BY]);
    expect(row).toEqual({ n: 60 });
    expect(await modelInUse(db)).toMatchObject({ id });
    expect((await run('model list')).text).toContain(`${id}\tin use`);
    expect((await run('corrections check')).text).toContain(`model ${id} is in use`);
    await expect(run('model use', [String(id)])).rejects.toThrow(/in use already/);
  });

  it('is what another process takes on before its next batch', async () => {
    const other = await ownResources();
    await followModelInUse({ ...world.deps, resources: other });
    expect(other.modelsVersion).toBe(resources.modelsVersion);
  });

  it('is the same when it is learned again while it is in use', async () => {
    const { made } = await trainModel(world.deps, BY, () => undefined);
    const [newest, first] = await listModels(db);
    expect(newest).toMatchObject({ id: made!.id, version: first!.version });
    expect(made!.comparison).toMatchObject({ mended: [], broken: [], verdict: 'cannot tell' });
  });

  it('goes back to what was used before, with the tags', async () => {
    expect((await run('model rollback')).text).toContain('in use now: shipped');
    await world.work();
    expect(resources.modelsVersion).toBe((await loadResources()).modelsVersion);
    expect(await tones()).toEqual(shipped);
    await expect(rollBackModel(world.deps, BY)).rejects.toThrow(InputError);
    const actions = (await listAudit(db, 100, 0)).map(({ action, subject }) => `${action} ${subject}`);
    expect(actions.filter((action) => action.startsWith('model.'))).toEqual([
      'model.rolledback model:shipped',
      `model.trained model:${id + 1}`,
      `model.used model:${id}`,
      `model.trained model:${id}`,
    ]);
  });

  it('is refused where it is worse, unless it may be', async () => {
    // What was learned as praise is called negative by everybody now.
    await useModel(world.deps, id, { by: BY, mayBeWorse: false });
    await world.work();
    const heldOut = (await readLessons(db)).filter(({ group }) => isHeldOut(group));
    for (const { documentId } of heldOut) await say(documentId, { label: 'negative' });
    const { comparison } = await compareStored(world.deps, null);
    expect(comparison.verdict).not.toBe('worse');
    await rollBackModel(world.deps, BY);
    await expect(useModel(world.deps, id, { by: BY, mayBeWorse: false })).rejects.toThrow(/--force/);
    expect(await modelInUse(db)).toBeNull();
    const used = await useModel(world.deps, id, { by: BY, mayBeWorse: true });
    expect(used).toMatchObject({ model: id, comparison: { verdict: 'worse' } });
    await rollBackModel(world.deps, BY);
    await world.work();
  });
});

describe('a model that does not fit', () => {
  it('is left out with a warning that is given once, and cannot be chosen', async () => {
    const [model] = await listModels(db);
    await useModel(world.deps, model!.id, { by: BY, mayBeWorse: true });
    const shipped = await ownResources();
    const others = new Map(
      [...shipped.classifiers].map(([language, one]) => [language, { ...one, version: 'younger' }]),
    );
    const younger = { ...shipped, classifiers: others };
    const said: unknown[] = [];
    const log = { ...world.deps.log, warn: (...words: unknown[]) => said.push(words) } as never;
    await followModelInUse({ db, resources: younger, log });
    await followModelInUse({ db, resources: younger, log });
    expect(said).toHaveLength(1);
    expect(JSON.stringify(said)).toContain('train anew with molva model train');
    expect(younger.modelsVersion).toBe(shipped.modelsVersion);
    const deps = { ...world.deps, resources: younger, log };
    await expect(useModel(deps, model!.id, { by: BY, mayBeWorse: true })).rejects.toThrow(/train anew/);
  });

  it('is left out when its bytes are broken', async () => {
    const broken = await ownResources();
    await db.query(`update models set bytes = '\\x0102', version = 'broken'`);
    const said: unknown[] = [];
    const log = { ...world.deps.log, warn: (...words: unknown[]) => said.push(words) } as never;
    await followModelInUse({ db, resources: broken, log });
    expect(JSON.stringify(said)).toContain('cannot be read');
    expect(broken.modelsVersion).toBe((await loadResources()).modelsVersion);
  });
});
