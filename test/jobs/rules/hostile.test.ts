import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readRule } from '../../../src/jobs/rules/read-rule.ts';
import { saveRules } from '../../../src/jobs/rules/save-rules.ts';
import { InputError } from '../../../src/lib/errors.ts';
import type { Database } from '../../../src/store/db.ts';
import { listRules } from '../../../src/store/rules.ts';
import { msOf } from '../../support/ms-of.ts';
import { countRows } from '../../support/rows.ts';
import { openTestPglite } from '../../support/store.ts';
import { openRuleWorld, type RuleWorld, ruleOf, TEXT } from './rule-world.ts';

const by = { actor: 'cli', zone: 'UTC' };

/** So many words with OR, of about this many characters. */
const words = (length: number): string => {
  const all = Array.from({ length: 1990 }, (_, at) => `слово${'абвгд'[at % 5]}${at}`);
  const text = all.join(' OR ');
  return `${text} /* ${'x'.repeat(Math.max(0, length - text.length - 7))} */`;
};

describe('hostile rules', () => {
  let db: Database;
  let world: RuleWorld;
  beforeAll(async () => {
    db = await openTestPglite();
  });
  afterAll(() => db.close());
  beforeEach(async () => {
    world = await openRuleWorld(db);
  });
  const save = (...rules: ReturnType<typeof ruleOf>[]) =>
    saveRules(
      world.deps,
      rules.map((rule) => ({ ...rule, at: 'r.yaml:1:1' })),
      by,
    );

  it('a condition of 50,000 characters works, one of more is refused', async () => {
    const long = words(50_000);
    expect(long).toHaveLength(50_000);
    await save(ruleOf('long', long, { tags: ['x'] }));
    await world.publish(`${TEXT} словоа5`);
    expect(await world.mentions()).toMatchObject([{ tags: ['x'] }]);
    await expect(save(ruleOf('longer', `${long} `, { tags: ['x'] }))).rejects.toThrow(InputError);
  });

  it('200 rules, which all want something else, leave one word that counts, and time for other work', async () => {
    const tones = ['negative', 'neutral', 'positive', 'unsure'] as const;
    const rules = Array.from({ length: 200 }, (_, at) =>
      ruleOf(`r${at}`, `ромашка (деньги OR слово${at}) NOT NEAR/3 (чай OR вода${at})`, {
        tags: [`t${at % 30}`],
        tone: tones[at % 4],
        priority: at % 2 === 0 ? 'high' : 'low',
      }),
    );
    await save(...rules);
    const ms = await msOf(() =>
      world.publish(...Array.from({ length: 20 }, (_, at) => `${TEXT} Раз ${at}.`)),
    );
    const mentions = await world.mentions();
    expect(mentions).toHaveLength(20);
    for (const mention of mentions) {
      expect(mention).toMatchObject({ priority: 'high', sentiment: { label: 'negative' } });
      expect(mention.tags).toHaveLength(30);
    }
    expect(ms).toBeLessThan(20_000);
  });

  it('texts and conditions that make careless matchers run for ever are done with in time', async () => {
    await save(
      ruleOf(
        'stars',
        `ромашка ${Array.from({ length: 100 }, (_, at) => `${'а'.repeat(3 + (at % 20))}*`).join(' ')}`,
        {
          tags: ['x'],
        },
      ),
      ruleOf('near', `ромашка (${'а NEAR/100 '.repeat(50)}а)`, { tags: ['y'] }),
      ruleOf('typos', `ромашка (${Array.from({ length: 100 }, (_, at) => `ааааааа${at}~2`).join(' OR ')})`, {
        tags: ['z'],
      }),
    );
    const ms = await msOf(() =>
      world.publish(
        `Ромашка ${'а'.repeat(50_000)}`,
        `Ромашка ${'а '.repeat(20_000)}`,
        `Ромашка ${'аааааааа1 '.repeat(5000)}`,
      ),
    );
    expect(await world.mentions()).toHaveLength(3);
    expect(ms).toBeLessThan(60_000);
  });

  it.each([
    ['a condition that is none', ruleOf('x', '((((', { tags: ['x'] })],
    ['nesting without end', ruleOf('x', `${'('.repeat(5000)}а${')'.repeat(5000)}`, { tags: ['x'] })],
    ['only a negation', ruleOf('x', 'NOT ромашка', { tags: ['x'] })],
    ['a topic that there is not', ruleOf('x', 'saved:"nothing"', { tags: ['x'] })],
    ['an assignee who is a stranger', ruleOf('x', 'ромашка', { assign: 'a@b.example' })],
    ['a recipient who is a stranger', ruleOf('x', 'ромашка', { alert: { mail: ['a@b.example'] } })],
  ])('%s is refused, with the rules beside it', async (_what, rule) => {
    await expect(save(ruleOf('fine', 'ромашка', { tags: ['x'] }), rule)).rejects.toThrow(InputError);
    expect(await countRows(db, 'rules')).toBe(0);
  });

  it('what a newer program or a hand has left in the store is trouble, not a crash', async () => {
    await save(ruleOf('a', 'ромашка', { tags: ['a'] }), ruleOf('b', 'ромашка', { tags: ['b'] }));
    await db.query(`update rules set condition = 'ромашка NEAR/5 (', version = 2 where key = 'a'`);
    await world.publish(TEXT);
    expect(await world.mentions()).toMatchObject([{ tags: ['b'] }]);
    const [broken] = await listRules(db);
    expect(broken!.trouble!.messages.length).toBeGreaterThan(0);
    const named = { topics: [], users: [], recipients: [], crms: new Map() };
    expect(readRule(broken!, named).ready).toBeNull();
  });
});
