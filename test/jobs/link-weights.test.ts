import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CommandDeps, Output, RegisteredCommand } from '../../src/commands/command.ts';
import { findCommand } from '../../src/commands/registry.ts';
import type { JobDeps } from '../../src/jobs/deps.ts';
import { linkAuthors } from '../../src/jobs/link-author.ts';
import { learnLinkWeights, learnWhenDue } from '../../src/jobs/links/learn.ts';
import { revertWeights } from '../../src/jobs/links/revert-weights.ts';
import { LEAST_DECISIONS, LEAST_NEW } from '../../src/match/learn/learn.ts';
import { FACTORY_WEIGHTS, isFactory } from '../../src/match/learn/weights.ts';
import { listAudit } from '../../src/store/audit.ts';
import { getAuthors } from '../../src/store/authors.ts';
import type { Database } from '../../src/store/db.ts';
import { getDocument } from '../../src/store/documents.ts';
import { listLinksOfAuthors } from '../../src/store/links.ts';
import { listWeights } from '../../src/store/match-weights.ts';
import { addDecisions, OTHER_WORLD } from '../support/decided-links.ts';
import { addDocument, addSources, NOW } from '../support/rows.ts';
import { openTestStore, truncate } from '../support/store.ts';
import {
  createHandQueue,
  createTestClock,
  createWorker,
  saveKnownCustomer,
  type TestClock,
} from './worker.ts';

const BY = 'admin@example.ru';
const DAY_MS = 24 * 3_600_000;
const MONTH_MS = 30 * DAY_MS;

describe('weights of signs in the store', () => {
  let db: Database;
  let deps: JobDeps;
  let clock: TestClock;
  beforeAll(async () => {
    db = await openTestStore('pglite');
  });
  afterAll(() => db.close());
  beforeEach(async () => {
    await truncate(db);
    clock = createTestClock();
    deps = await createWorker(db, { ...createHandQueue(), clock });
  });

  /** After a day people decide about so many authors, then a month goes by. */
  async function decide(count: number, seed: number, truth = OTHER_WORLD): Promise<void> {
    clock.pass(DAY_MS);
    await addDecisions(db, { count, truth, seed, from: clock.now() });
    clock.pass(MONTH_MS);
  }
  const inForce = () => deps.matchWeights.current(db);
  const revert = (version: number | null) =>
    db.transaction((tx) => revertWeights(tx, deps, { version, actor: BY }));

  it('are learned from what people decided, and in force at once for every process', async () => {
    const other = await createWorker(db, { ...createHandQueue(), clock });
    expect(await other.matchWeights.current(db)).toEqual(FACTORY_WEIGHTS);
    await decide(300, 1);
    const { made, decisions, fresh } = await learnLinkWeights(deps, BY);
    expect([made?.version, made?.state, decisions, fresh]).toEqual([1, 'active', 300, 300]);
    expect(await other.matchWeights.current(db)).toEqual(made?.weights);
    expect(await inForce()).toEqual((await listWeights(db))[0]?.weights);
    expect(made!.weights.groups.name).toBeLessThan(0.95);
    const [entry] = await listAudit(db, 1, 0);
    expect([entry?.actor, entry?.action, entry?.subject]).toEqual([BY, 'weights.learned', 'weights:1']);
  });

  it('that foretell no better are kept to tell of, and never in force', async () => {
    await decide(LEAST_DECISIONS, 5, FACTORY_WEIGHTS);
    const { made } = await learnLinkWeights(deps, BY);
    expect([made?.state, isFactory(await inForce())]).toEqual(['no_better', true]);
    await expect(revert(made!.version)).rejects.toThrow('foretold no better');
  });

  it('are not learned from a handful, from links of older programs, or from what the matcher did', async () => {
    await decide(LEAST_DECISIONS - 1, 1);
    expect(await learnLinkWeights(deps, BY)).toEqual({
      decisions: LEAST_DECISIONS - 1,
      fresh: LEAST_DECISIONS - 1,
      made: null,
    });
    await addDecisions(db, { count: 50, truth: OTHER_WORLD, seed: 2, from: clock.now() });
    await db.query(
      `update identity_links set evidence = (select jsonb_agg(e - 'bits') from jsonb_array_elements(evidence) e) where author_id > $1`,
      [LEAST_DECISIONS - 1],
    );
    expect((await learnLinkWeights(deps, BY)).made).toBeNull();
    await db.query(`update identity_links set state = 'linked', decided_by = 'matcher'`);
    expect(await learnLinkWeights(deps, BY)).toEqual({ decisions: 0, fresh: 0, made: null });
    expect(await listWeights(db)).toEqual([]);
  });

  it('are taken back to any earlier version and to the shipped ones, and forward again', async () => {
    await decide(300, 1);
    await learnLinkWeights(deps, BY);
    await decide(300, 2, { ...OTHER_WORLD, groups: { ...OTHER_WORLD.groups, name: 0.6, place: 1.3 } });
    await learnLinkWeights(deps, BY);
    const [second, first] = (await listWeights(db)).map(({ weights }) => weights);
    expect(await inForce()).toEqual(second);
    await revert(1);
    expect(await inForce()).toEqual(first);
    await revert(null);
    expect(isFactory(await inForce())).toBe(true);
    await revert(2);
    expect(await inForce()).toEqual(second);
    await revert(1);
    expect((await listWeights(db)).map(({ version, state }) => [version, state])).toEqual([
      [2, 'reverted'],
      [1, 'active'],
    ]);
    await expect(revert(1)).rejects.toThrow('in force already');
    await expect(revert(9)).rejects.toThrow('no version 9');
    expect((await listAudit(db, 1, 0))[0]).toMatchObject({
      action: 'weights.reverted',
      subject: 'weights:1',
      detail: { before: 2 },
    });
  });

  it('are learned by the clock after enough that is new, also after an attempt that failed or was taken back', async () => {
    expect(await learnWhenDue(deps)).toBeNull();
    await decide(300, 1);
    expect((await learnWhenDue(deps))?.made?.by).toBe('system');
    await revert(null);
    await decide(LEAST_NEW - 1, 2);
    expect(await learnWhenDue(deps)).toBeNull();
    await decide(1, 3);
    expect((await learnWhenDue(deps))?.made?.version).toBe(2);
  });

  it('say how likely a proposed customer is, and link nobody', async () => {
    const [source] = await addSources(db, 'forum');
    for (let at = 0; at < 40; at += 1) await known(`crowd${at}`, 'Иванов Пётр');
    const id = await known('c1', 'Ветрогонова Анна');
    const seen = async (handle: string) => {
      const author = { site: 'f.example', handle, name: 'Анна Ветрогонова' };
      const document = (await getDocument(
        db,
        await addDocument(db, source!, handle, { text: 'Спасибо', author }),
      ))!;
      const [who] = await getAuthors(db, [document.authorId!]);
      await db.transaction((tx) => linkAuthors(tx, deps, [{ author: who!, document }]));
      return listLinksOfAuthors(db, [who!.id]);
    };
    const [before] = await seen('anya');
    await decide(300, 1);
    await learnLinkWeights(deps, BY);
    const [after] = await seen('anna');
    expect([before?.customerId, before?.state, after?.customerId, after?.state]).toEqual([
      id,
      'proposed',
      id,
      'proposed',
    ]);
    expect(after!.score).not.toBeCloseTo(before!.score, 2);
    expect(before!.evidence.map(({ code }) => code)).not.toContain('learned');
    expect(after!.evidence.at(-1)).toMatchObject({
      code: 'learned',
      where: 'history',
      bits: expect.any(Number),
    });
  });
  async function known(externalId: string, name: string) {
    const record = { externalId, name, city: null, tier: null, identifiers: [], purchases: [] };
    return (await saveKnownCustomer(db, record, NOW)).id;
  }

  it('are listed, learned and reverted from the command line', async () => {
    const run = async (name: string, positional: string[] = []) => {
      const command = (await findCommand(name)) as RegisteredCommand;
      const said: string[] = [];
      const out: Output = {
        data: (_value, text) => void said.push(text),
        message: (text) => void said.push(text),
      };
      const code = await command.run(
        { jobs: deps } as unknown as CommandDeps,
        command.read(positional, {}),
        out,
      );
      return [code, said.join('\n')] as const;
    };
    expect(await run('links weights')).toEqual([0, 'shipped\tin force']);
    expect(await run('links learn')).toEqual([1, expect.stringContaining('100 and 50 are needed')]);
    await decide(300, 1);
    expect(await run('links learn')).toEqual([
      0,
      expect.stringMatching(/^1\tin force.*name ×0\.\d\d[\s\S]*in force now$/),
    ]);
    expect(await run('links weights')).toEqual([0, expect.stringMatching(/^shipped\t\n1\tin force/)]);
    expect(await run('links revert', ['shipped'])).toEqual([0, 'in force now: shipped']);
    expect(await run('links weights')).toEqual([0, expect.stringMatching(/^shipped\tin force\n1\treverted/)]);
    await expect(run('links revert', ['newest'])).rejects.toThrow('newest is neither');
  });
});
