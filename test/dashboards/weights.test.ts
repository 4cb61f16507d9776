import { load } from 'cheerio';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { learnLinkWeights } from '../../src/jobs/links/learn.ts';
import { FACTORY_WEIGHTS } from '../../src/match/learn/weights.ts';
import { listAudit } from '../../src/store/audit.ts';
import { listWeights } from '../../src/store/match-weights.ts';
import { addDecisions, OTHER_WORLD } from '../support/decided-links.ts';
import { truncate } from '../support/store.ts';
import { get, NOW, openDashboard, post, type TestDashboard, type Visitor, visitors } from './dashboard.ts';

const MONTH_MS = 30 * 24 * 3_600_000;

let dashboard: TestDashboard;
let people: Record<'viewer' | 'pr' | 'admin', Visitor>;
beforeAll(async () => {
  dashboard = await openDashboard();
});
beforeEach(async () => {
  await truncate(dashboard.db);
  dashboard.setNow(NOW);
  people = await visitors(dashboard);
});

const part = async (who = people.admin) => load((await get(dashboard, '/review', who)).text)('.weights');
const words = async (who?: Visitor) => (await part(who)).text().replace(/\s+/g, ' ');
const learn = () => learnLinkWeights({ db: dashboard.db, clock: dashboard.deps.clock }, 'system');
async function decide(count: number, truth = OTHER_WORLD): Promise<void> {
  const from = new Date(NOW.getTime() - MONTH_MS);
  await addDecisions(dashboard.db, { count, truth, seed: 1, from });
}
const revert = (version: string, who = people.admin) => post(dashboard, '/review/weights', who, { version });
const states = async () => (await listWeights(dashboard.db)).map(({ state }) => state);

describe('the part of the review page on what decisions teach', () => {
  it('teaches when nothing was learned yet, and offers nothing to go back to', async () => {
    const text = await words();
    expect(text).toContain('weights as shipped are in force');
    expect(text).toContain('appears after 100 authors');
    expect((await part()).find('svg, button').length).toBe(0);
  });

  it('says which weights are in force, from how many decisions, what they changed and how honest the percentages are', async () => {
    await decide(300);
    await learn();
    const text = await words();
    expect(text).toContain('Version 1 is in force. It has learned from decisions about 300 authors.');
    expect(text).toMatch(
      /On 300 authors that it had not seen the error of prediction fell: 0\.\d+ → 0\.\d+ \(±0\.\d+\)/,
    );
    const section = await part();
    const factors = section.find('tbody tr').map((_at, row) => section.find(row).find('td').eq(1).text());
    expect(factors.get().slice(0, 6)).toEqual(Array(6).fill(expect.stringMatching(/^[×÷]\d/)));
    const dots = section.find('circle');
    expect(dots.length).toBeGreaterThan(3);
    expect(dots.first().text()).toMatch(/^said \d+ %, right \d+ of \d+$/);
    expect(section.find('details tbody tr').length).toBe(dots.length);
    expect(section.find('svg').attr('role')).toBe('img');
  });

  it('tells of an attempt that was no better', async () => {
    await decide(100, FACTORY_WEIGHTS);
    await learn();
    expect(await words()).toContain('new weights foretold no better');
    expect((await part()).find('button').length).toBe(0);
    expect((await part()).find('circle').length).toBeGreaterThan(3);
  });

  it('lets an administrator go back, and forth again, and nobody else', async () => {
    await decide(300);
    await learn();
    expect((await part(people.pr)).find('button').length).toBe(0);
    expect((await revert('shipped', people.pr)).status).toBe(403);
    const answer = await revert('shipped');
    expect([answer.status, answer.headers.location]).toEqual([303, '/review?done=1&what=weights']);
    expect(await states()).toEqual(['reverted']);
    expect((await part()).find('button').text()).toBe('Go back to version 1');
    expect((await listAudit(dashboard.db, 1, 0))[0]?.action).toMatch(/^weights\.reverted$|^customers/);
    await revert('1');
    expect(await states()).toEqual(['active']);
  });

  it('answers what cannot be put back with a word, and what is no version with nothing', async () => {
    for (const version of ['shipped', '7']) {
      const answer = await revert(version);
      const page = load((await get(dashboard, answer.headers.location!, people.admin)).text);
      expect(page('.done').text()).toContain('cannot be put back');
    }
    for (const odd of ['', '-1', '1.5', 'newest', '1e9999']) expect((await revert(odd)).status).toBe(404);
  });

  it('shows its words in Russian', async () => {
    await decide(300);
    await learn();
    await dashboard.db.query(`update users set language = 'ru'`);
    expect(await words()).toContain('Действует версия 1');
  });
});
