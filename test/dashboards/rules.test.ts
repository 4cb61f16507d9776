import { load } from 'cheerio';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Role } from '../../src/model/rights.ts';
import { getCards } from '../../src/store/cards.ts';
import { listRuns } from '../../src/store/rule-runs.ts';
import { findRule, listRules } from '../../src/store/rules.ts';
import { truncate } from '../support/store.ts';
import { get, openDashboard, post, type TestDashboard, type Visitor, visitors } from './dashboard.ts';
import { type Story, seedStory } from './seed.ts';

let dashboard: TestDashboard;
let people: Record<Role, Visitor>;
let story: Story;

beforeAll(async () => {
  dashboard = await openDashboard();
});
beforeEach(async () => {
  await truncate(dashboard.db);
  story = await seedStory(dashboard.db, 'plain', (field) =>
    field === 'condition' ? 'text' : `some ${field} here`,
  );
  await dashboard.db.query(
    `update mentions set tags = '{}', priority = 'normal', decided = '{}' where id = $1`,
    [story.mention],
  );
  people = await visitors(dashboard);
  dashboard.asked.length = 0;
});

const form = (changes: Record<string, string> = {}) => ({
  key: 'tea',
  name: 'Tea',
  condition: 'title:hidden',
  tags: 'Cup, pot, cup',
  enabled: '1',
  days: '',
  ...changes,
});
const send = (changes: Record<string, string> = {}) => post(dashboard, '/rules', people.pr, form(changes));
const card = async () => (await getCards(dashboard.db, [story.document], { withBasket: true }))[0]!;

describe('the page of rules', () => {
  it('has the query editor where a condition is written, whatever came of it', async () => {
    await send();
    const pages = [
      (await get(dashboard, '/rules', people.pr)).text,
      (await get(dashboard, '/rules/tea', people.pr)).text,
      (await send({ key: 'other', condition: '(' })).text,
    ];
    for (const page of pages) {
      const $ = load(page);
      expect($('[data-query=rule]').length).toBe(1);
      expect($('script[src="/assets/query-editor.js"]').length).toBe(1);
    }
  });

  it('names all that is wrong at once, and gives a rule without a key one after its name', async () => {
    const refused = await send({ condition: 'tea saved:nobody', tags: '' });
    expect(refused.status).toBe(400);
    const alert = load(refused.text)('[role=alert]');
    expect(alert.text()).toContain('Choose at least one action');
    expect(alert.find('pre').text()).toBe('tea saved:nobody\n    ^^^^^^^^^^^^');
    const saved = await send({ key: '', name: 'Чай и кофе', what: 'save' });
    expect(saved.headers.location).toBe('/rules/chay-i-kofe?done=1&what=saved');
  });

  it('saves a rule with everything that its form says', async () => {
    const res = await send({
      tone: 'unsure',
      priority: 'high',
      assign: 'pr@example.com',
      basket: '1',
      mail: 'admin@example.com',
      webhooks: 'hook',
      perHour: '3',
      what: 'save',
    });
    expect(res.headers.location).toBe('/rules/tea?done=1&what=saved');
    expect(await findRule(dashboard.db, 'tea')).toMatchObject({
      version: 1,
      savedBy: 'pr@example.com',
      zone: 'Europe/Moscow',
      actions: {
        tags: ['Cup', 'pot'],
        tone: 'unsure',
        priority: 'high',
        assign: 'pr@example.com',
        basket: true,
        alert: { mail: ['admin@example.com'], webhooks: ['hook'], per_hour: 3 },
      },
    });
    const page = load((await get(dashboard, '/rules/tea', people.pr)).text);
    const fields = new URLSearchParams(page('form.stack').first().serialize());
    expect(fields.get('tags')).toBe('Cup, pot');
    expect(fields.getAll('mail')).toEqual(['admin@example.com']);
    const audit = await dashboard.db.query(`select actor from audit where action = 'rule.saved'`);
    expect(audit).toEqual([{ actor: 'pr@example.com' }]);
  });

  it('shows the place of a mistake in the condition and keeps what was typed', async () => {
    const res = await send({ condition: 'tea NEAR/5 (cup', what: 'save' });
    expect(res.status).toBe(400);
    const page = load(res.text);
    expect(page('[role=alert] li').text()).toMatch(/^1:12 /);
    expect(page('[role=alert] pre').text()).toMatch(/^tea NEAR.*\n +\^$/);
    expect(page('textarea[data-query]').text()).toBe('tea NEAR/5 (cup');
    expect(page('input[name=tags]').val()).toBe('Cup, pot, cup');
    expect(await findRule(dashboard.db, 'tea')).toBeNull();
  });

  it.each([
    [
      'nobody who may be assigned',
      { assign: 'stranger@example.com' },
      'There is no user stranger@example.com',
    ],
    ['an address that gets no mail', { mail: 'stranger@example.com' }, 'stranger@example.com gets no mail'],
    ['an endpoint that is not there', { webhooks: 'nowhere' }, 'no endpoint “nowhere”'],
    ['no action', { tags: '' }, 'Choose at least one action'],
    ['a circle', { condition: 'saved:"nothing"' }, 'nothing'],
  ])('refuses a rule with %s', async (_what, changes: Record<string, string>, words) => {
    const res = await send({ ...changes, what: 'save' });
    expect(res.status).toBe(400);
    expect(load(res.text)('[role=alert]').text()).toContain(words);
  });

  it('does not let a new rule take the place of another', async () => {
    await send({ what: 'save' });
    const res = await send({ name: 'Other', what: 'save' });
    expect(res.status).toBe(400);
    expect((await findRule(dashboard.db, 'tea'))!.name).toBe('Tea');
  });

  it('tries a rule on the past, saves nothing and changes nothing', async () => {
    const before = await dashboard.db.query('select * from mentions order by id');
    const res = await send({ what: 'try', priority: 'urgent' });
    expect(res.status).toBe(200);
    const page = load(res.text);
    expect(page('#tried').text()).toMatch(/looked at: 2 of 2\. 1 meet the condition, 1 would change/);
    expect(page('#tried').text()).toContain('Priority: normal → urgent');
    expect(page('#tried').text()).toContain('+ tag “Cup”');
    expect(page('input[name=name]').val()).toBe('Tea');
    expect(await dashboard.db.query('select * from mentions order by id')).toEqual(before);
    expect(await findRule(dashboard.db, 'tea')).toBeNull();
  });

  it('moves a rule, switches it off and on, and deletes it, and says in the history what it was', async () => {
    await send({ what: 'save' });
    await post(dashboard, '/rules/tea/move', people.pr, { by: 'up' });
    expect((await listRules(dashboard.db)).map(({ key }) => key)).toEqual(['tea', 'plain']);
    await post(dashboard, '/rules/tea/switch', people.pr, { enabled: '0' });
    await post(dashboard, '/rules/tea/switch', people.pr, { enabled: '1' });
    expect(await findRule(dashboard.db, 'tea')).toMatchObject({ enabled: true, version: 3 });
    const { text } = await get(dashboard, '/rules/tea', people.pr);
    expect(load(text)('details table').last().find('tbody tr')).toHaveLength(3);
    await post(dashboard, '/rules/tea/remove', people.pr, {});
    expect((await get(dashboard, '/rules/tea', people.pr)).status).toBe(404);
  });

  it('asks for a run over the past and for its undoing, and shows how far it is', async () => {
    await send({ what: 'save' });
    await post(dashboard, '/rules/tea/run', people.pr, { days: '', alerts: '1' });
    const rule = (await findRule(dashboard.db, 'tea'))!;
    const [run] = await listRuns(dashboard.db, rule.id, 1);
    // It alerts nobody, so there is nothing to ask for.
    expect(run).toMatchObject({ state: 'running', total: 2, alerts: false, requestedBy: 'pr@example.com' });
    expect(dashboard.asked).toEqual([`rule-run {"runId":${run!.id}}`]);
    expect((await get(dashboard, '/rules/tea', people.pr)).text).toContain('0 of 2');
    await post(dashboard, `/rules/runs/${run!.id}/undo`, people.pr, {});
    expect(await listRuns(dashboard.db, rule.id, 1)).toMatchObject([{ state: 'undoing' }]);
    await post(dashboard, `/rules/runs/${run!.id}/undo`, people.pr, {});
    expect(dashboard.asked).toHaveLength(2);
  });

  it('names the trouble of a rule', async () => {
    const { text } = await get(dashboard, '/rules', people.viewer);
    expect(text).toContain('some trouble here');
  });
});

describe('decisions of people', () => {
  const decide = (changes: Record<string, string>) =>
    post(dashboard, '/mentions/decide', people.pr, {
      mention: String(story.mention),
      tags: '',
      priority: 'normal',
      assigned: '',
      ...changes,
    });

  it('are saved as the form says, only what has changed, with who decided', async () => {
    await decide({ tags: 'Cup', priority: 'urgent', assigned: 'admin@example.com' });
    const { mentions } = await card();
    expect(mentions).toMatchObject([
      { tags: ['Cup'], priority: 'urgent', assigned: 'admin@example.com', sentiment: { label: 'negative' } },
    ]);
    expect(Object.keys(mentions[0]!.decided).sort()).toEqual(['assigned', 'priority', 'tag:cup']);
    const [audit] = await dashboard.db.query(`select detail from audit where action = 'mention.decided'`);
    expect(audit).toEqual({ detail: { '+Cup': true, priority: 'urgent', assign: 'admin@example.com' } });
    const { text } = await get(dashboard, `/mentions/${story.document}`, people.viewer);
    expect(text).toContain('admin@example.com');
    expect(text).toContain('urgent');
  });

  it('take a mention into the basket and out of it, and have it acted on again then', async () => {
    await decide({ basket: '1' });
    expect((await card()).mentions).toMatchObject([{ isInBasket: true }]);
    expect((await get(dashboard, '/mentions', people.viewer)).text).not.toContain(
      `href="/mentions/${story.document}"`,
    );
    dashboard.asked.length = 0;
    await decide({});
    expect((await card()).mentions).toMatchObject([{ isInBasket: false }]);
    expect(dashboard.asked).toEqual([`act {"documentIds":[${story.document}]}`]);
  });

  it.each([
    ['a tag that is too long', { tags: 'x'.repeat(51) }],
    ['a priority that there is not', { priority: 'dire' }],
    ['too many tags', { tags: Array.from({ length: 21 }, (_, at) => `t${at}`).join(',') }],
  ])('with %s are refused', async (_what, changes: Record<string, string>) => {
    expect((await decide(changes)).status).toBe(400);
    expect((await card()).mentions).toMatchObject([{ decided: {} }]);
  });

  it('about a mention that there is not are not found', async () => {
    expect((await decide({ mention: '99999' })).status).toBe(404);
  });
});

describe('the basket', () => {
  it('shows what lies in it and why, and lists show nothing of it', async () => {
    const page = load((await get(dashboard, '/basket', people.viewer)).text);
    expect(page('tbody tr')).toHaveLength(1);
    expect(page('tbody tr').text()).toContain('some hidden title here');
    expect(page('tbody tr').text()).toContain('rule “some rule here”');
    expect((await get(dashboard, '/mentions', people.viewer)).text).not.toContain('hidden title');
    expect((await get(dashboard, '/mentions?all=1', people.viewer)).text).toContain('hidden title');
  });

  it('gives back one mention, or all of a rule, and the rule does not take them again', async () => {
    await post(dashboard, '/basket/restore', people.pr, { mention: String(story.hidden) });
    const [row] = await dashboard.db.query('select basket_at, decided from mentions where id = $1', [
      story.hidden,
    ]);
    expect(row).toMatchObject({ basket_at: null, decided: { basket: { person: 'pr@example.com' } } });
    await dashboard.db.query(
      `update mentions set basket_at = now(), decided = '{"basket": {"rule": "plain", "at": "2026-11-22T09:00:00.000Z"}}'`,
    );
    dashboard.asked.length = 0;
    await post(dashboard, '/basket/restore', people.pr, { rule: 'plain' });
    expect(await dashboard.db.query('select 1 from mentions where basket_at is not null')).toEqual([]);
    expect(dashboard.asked).toHaveLength(1);
    expect(load((await get(dashboard, '/basket', people.viewer)).text)('main').text()).toContain(
      'The basket is empty',
    );
  });
});
