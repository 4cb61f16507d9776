import { load } from 'cheerio';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DocumentId, SourceId } from '../../src/model/ids.ts';
import type { Role } from '../../src/model/rights.ts';
import { startRematchRun } from '../../src/store/rematch-runs.ts';
import { listExamples } from '../../src/store/topic-examples.ts';
import { listRatings } from '../../src/store/topic-ratings.ts';
import { findTopicByKey, saveTopic } from '../../src/store/topics.ts';
import { addDocument, addSources } from '../support/rows.ts';
import { truncate } from '../support/store.ts';
import { get, NOW, openDashboard, post, type TestDashboard, type Visitor, visitors } from './dashboard.ts';

let dashboard: TestDashboard;
let people: Record<Role, Visitor>;
let ids: DocumentId[];

const TEXTS = ['camomile never delivers', 'camomile tea with honey', 'a kettle'];

beforeAll(async () => {
  dashboard = await openDashboard();
});
beforeEach(async () => {
  await truncate(dashboard.db);
  dashboard.asked.length = 0;
  people = await visitors(dashboard);
  const [source] = (await addSources(dashboard.db, 'forum')) as [SourceId];
  ids = [];
  for (const text of TEXTS) ids.push(await addDocument(dashboard.db, source, text, { text }));
  await saveTopic(dashboard.db, { key: 'camomile', name: 'Camomile', query: 'camomile' }, 'user', NOW);
});

const ask = (form: Record<string, string>) => post(dashboard, '/topics/lab', people.pr, form);
const press = async (verb: string, query = 'camomile NOT honey', more = {}) =>
  load((await ask({ topic: 'camomile', query, do: verb, ...more })).text);
const topicId = async () => (await findTopicByKey(dashboard.db, 'camomile'))!.id;
/** What came of the back-test of the draft. */
async function tried(query = 'camomile NOT honey') {
  let $ = await press('run', query);
  await expect
    .poll(async () => {
      $ = await press('check', query);
      return $('[data-live-again]').length;
    })
    .toBe(0);
  return $;
}

describe('the draft', () => {
  it('is the saved query, that of the address, or that of the form, and changes nothing', async () => {
    const query = (text: string) => load(text)('textarea[name=query]').text();
    expect(query((await get(dashboard, '/topics/lab?topic=camomile', people.pr)).text)).toBe('camomile');
    const address = '/topics/lab?topic=camomile&query=camomile+OR+tea';
    expect(query((await get(dashboard, address, people.pr)).text)).toBe('camomile OR tea');
    expect(query((await ask({ key: 'camomile', query: 'x*' })).text)).toBe('x*');
    expect((await findTopicByKey(dashboard.db, 'camomile'))?.query).toBe('camomile');
  });

  it('is shown with its mistakes and their places, or as it was read, with a link to it', async () => {
    const wrong = await press('check', 'camomile AND (tea');
    expect(wrong('#reading [role=alert] pre').text()).toBe('camomile AND (tea\n             ^');
    const right = await press('check', 'camomile tea');
    expect(right('#reading').text()).toContain('camomile AND tea');
    expect(right('#reading a').attr('href')).toBe('/topics/lab?topic=camomile&query=camomile+tea');
    const long = await press('check', Array.from({ length: 900 }, (_, at) => `слово${at}`).join(' OR '));
    expect(long('#reading a').length).toBe(0);
  });

  it('may be as long as a query may be, with a text beside it', async () => {
    const query = `"${'ромашка '.repeat(6000)}"`;
    const res = await ask({ topic: 'camomile', query, missed: 'ромашка '.repeat(2400), do: 'check' });
    expect(res.status).toBe(200);
    expect(load(res.text)('textarea[name=query]').text()).toBe(query);
  });

  it('of a topic that is not there is not found', async () => {
    expect((await get(dashboard, '/topics/lab?topic=gone', people.pr)).status).toBe(404);
    expect((await ask({ topic: 'gone', query: 'x', do: 'run' })).status).toBe(404);
  });

  it('of a new topic can be tried, and has no judgements and no examples yet', async () => {
    const $ = load((await ask({ key: '', query: 'tea', do: 'check', text: 'a cup of tea' })).text);
    expect($('#precision').text()).toContain('Save it, and they can be added');
    expect($('#examples').length).toBe(0);
    // The page of the language hands its text over.
    expect($('#missed-answer').text()).toContain('It matches');
  });
});

describe('a trial', () => {
  it('runs in the background, is looked at again, and says what came of it', async () => {
    const $ = await press('run');
    expect($('#trial [data-live-again]').length).toBe(1);
    expect($('#trial button[value=stop]').length).toBe(1);
    const ended = await tried();
    expect(ended('#trial').text()).toContain('Found 1 of 3 documents');
    expect(ended('#trial').text()).toContain('The saved query finds 2. The draft gains 0 and loses 1.');
    expect(ended('#trial svg.days rect').length).toBe(1);
    expect(ended('#lost mark').text()).toBe('camomile');
  });

  it('says so when it was of an earlier draft, and is not shown beside another topic', async () => {
    await tried();
    expect((await press('check', 'camomile tea'))('#trial').text()).toContain('an earlier draft');
    const other = load((await ask({ key: '', query: 'camomile NOT honey', do: 'check' })).text);
    expect(other('#trial').text()).toContain('has not been tried yet');
  });

  it('is refused for a query that cannot be read', async () => {
    const $ = await press('run', '(camomile');
    expect($('#said [role=alert]').text()).toContain('Mend the query first');
    expect($('#trial [data-live-again]').length).toBe(0);
  });
});

describe('judgements', () => {
  it('are kept, shown at the text, and give the precision of both versions with its interval', async () => {
    await tried('camomile');
    await press(`rate ${ids[0]} ours`, 'camomile');
    const $ = await press(`rate ${ids[1]} not_ours`, 'camomile NOT honey');
    const rows = $('#precision tbody tr').toArray();
    expect(rows.map((row) => $(row).text().replace(/\s+/g, ' ').trim())).toEqual([
      'Draft100 %, with 95 % confidence 21 to 100 %1 of 1 judged',
      'Saved version50 %, with 95 % confidence 9 to 91 %1 of 2 judged',
    ]);
    expect($('#precision').text()).toContain('Too few are judged: it takes at least 20');
    expect($(`#rate-${ids[1]}-not_ours`).attr('aria-pressed')).toBe('true');
    const kept = await listRatings(dashboard.db, await topicId(), 9);
    expect(kept.map(({ documentId, verdict, ratedBy }) => [documentId, verdict, ratedBy]).sort()).toEqual([
      [ids[0], 'ours', 'pr@example.com'],
      [ids[1], 'not_ours', 'pr@example.com'],
    ]);
  });

  it('warn when the draft contradicts them', async () => {
    await press(`rate ${ids[0]} ours`);
    const $ = await press(`rate ${ids[1]} not_ours`, 'camomile honey');
    expect(
      $('#precision .note.bad li')
        .toArray()
        .map((row) => $(row).find('strong').text())
        .sort(),
    ).toEqual(['not ours, and the draft finds it', 'ours, and the draft misses it']);
  });

  it.each([
    'rate 1',
    'rate 0 ours',
    'rate x ours',
    'rate 1 maybe',
    'constructor',
    'rate',
    '',
  ])('a button that is none of ours changes nothing: %s', async (verb) => {
    await press(verb);
    expect(await listRatings(dashboard.db, await topicId(), 9)).toEqual([]);
  });

  it('of a document that is gone say so', async () => {
    expect((await press('rate 99999 ours'))('#said [role=alert]').text()).toContain('no longer there');
  });
});

describe('examples', () => {
  it('are taken from a found text or pasted, checked against the draft, and removed', async () => {
    const added = await press(`example ${ids[1]} must`);
    expect(added('#examples').text()).toContain('0 of 1 hold');
    expect(added('#examples li').text()).toContain('excluded by: honey');
    expect(added('#examples li mark').text()).toBe('NOT honey');
    const pasted = await press('paste mustnot', 'camomile NOT honey', { example: 'honey\r\ncake' });
    expect(pasted('#examples').text()).toContain('1 of 2 hold');
    expect(pasted('textarea[name=example]').text()).toBe('');
    const examples = await listExamples(dashboard.db, await topicId());
    expect(examples.map(({ text, mustMatch, addedBy }) => [text, mustMatch, addedBy])).toEqual([
      [TEXTS[1], true, 'pr@example.com'],
      ['honey\ncake', false, 'pr@example.com'],
    ]);
    const left = await press(`unexample ${examples[0]!.id}`);
    expect(left('#examples').text()).toContain('1 of 1 hold');
  });

  it('are written into the audit, without their text', async () => {
    await press('paste must', 'camomile', { example: 'a secret camomile' });
    const [row] = await dashboard.db.query<{ actor: string; detail: unknown }>(
      `select actor, detail from audit where action = 'topic.example.added'`,
    );
    expect(row?.actor).toBe('pr@example.com');
    expect(JSON.stringify(row?.detail)).not.toContain('secret');
  });

  it('without a text, or of a document that is gone, are none', async () => {
    expect((await press('paste must', 'x', { example: '  ' }))('#said').text()).toContain('Paste the text');
    expect((await press('example 99999 must'))('#said').text()).toContain('no longer there');
    expect(await listExamples(dashboard.db, await topicId())).toEqual([]);
  });
});

describe('saving from the lab', () => {
  const save = (query: string, more = {}) =>
    ask({ topic: 'camomile', key: 'camomile', name: 'Camomile', query, do: 'save', ...more });

  it('goes by the same rules as on the page of topics', async () => {
    await press(`example ${ids[1]} must`);
    const refused = await save('camomile NOT honey');
    expect(refused.status).toBe(400);
    expect(load(refused.text)('#said [role=alert]').text()).toContain('examples of the topic fail');
    const res = await save('camomile NOT honey', { anyway: 'yes' });
    expect([res.status, res.headers.location]).toEqual([303, '/topics/lab?topic=camomile&done=1']);
    expect((await findTopicByKey(dashboard.db, 'camomile'))?.query).toBe('camomile NOT honey');
    expect(dashboard.asked).toEqual(['rematch']);
  });

  it('makes a new topic', async () => {
    const res = await ask({ key: 'tea', name: 'Tea', query: 'tea', do: 'save' });
    expect(res.headers.location).toBe('/topics/lab?topic=tea&done=1');
    const nameless = await ask({ key: '', name: '', query: 'tea', do: 'save' });
    expect([nameless.status, load(nameless.text)('#said [role=alert]').text()]).toEqual([
      400,
      expect.stringContaining('Write a name'),
    ]);
  });

  it('leaves topics of the configuration to their file', async () => {
    await saveTopic(dashboard.db, { key: 'camomile', name: 'Camomile', query: 'camomile' }, 'config', NOW);
    const res = await save('tea');
    expect(load(res.text)('#said').text()).toContain('stands in the configuration file');
  });

  it('says how the matching of the past goes', async () => {
    const page = async () =>
      load((await get(dashboard, '/topics/lab?topic=camomile&done=1', people.pr)).text);
    expect((await page())('#rematch').text()).toContain('has been matched');
    await startRematchRun(dashboard.db, { total: 3 }, NOW);
    const $ = await page();
    expect($('#rematch').text()).toContain('being matched again: 0 of 3 documents');
    expect($('#rematch [data-live-again]').length).toBe(1);
  });
});

describe('the history', () => {
  const shown = async () => load((await get(dashboard, '/topics/lab?topic=camomile', people.pr)).text);
  const save = (query: string) =>
    ask({ topic: 'camomile', key: 'camomile', name: 'Camomile', query, do: 'save' });

  it('shows what each save changed, and brings an older version back as a new one', async () => {
    await save('camomile NOT honey');
    const $ = await shown();
    expect($('pre.changes').first().text()).toBe('- camomile\n+ camomile NOT honey');
    const back = $('button[value^=restore]');
    expect(back.length).toBe(1);
    const res = await ask({ topic: 'camomile', query: 'a draft', do: back.attr('value')! });
    expect(res.headers.location).toBe('/topics/lab?topic=camomile&done=1');
    expect((await findTopicByKey(dashboard.db, 'camomile'))?.query).toBe('camomile');
    const now = await shown();
    expect(now('button[value^=restore]').length).toBe(2);
    expect(now('main').text()).toContain('version 1 again');
  });

  it('brings no version back under which an example fails, unless it is wanted all the same', async () => {
    await save('camomile NOT honey');
    await press('paste mustnot', 'camomile', { example: 'camomile tea with honey' });
    const restore = { topic: 'camomile', query: 'camomile', do: 'restore 1' };
    const refused = await ask(restore);
    expect(refused.status).toBe(400);
    expect(load(refused.text)('#said [role=alert]').text()).toContain('must not match');
    expect((await ask({ ...restore, anyway: 'yes' })).status).toBe(303);
    expect((await findTopicByKey(dashboard.db, 'camomile'))?.query).toBe('camomile');
  });

  it('of a topic of the configuration is shown, and nothing offers to change it', async () => {
    await save('camomile NOT honey');
    await dashboard.db.query("update topics set origin = 'config'");
    const $ = await shown();
    expect($('pre.changes').length).toBe(2);
    expect($('button[value^=restore], button[value=save]').length).toBe(0);
    expect($('main').text()).toContain('stands in the configuration file');
    const forced = await ask({ topic: 'camomile', query: 'camomile', do: 'restore 1' });
    expect(forced.status).toBe(400);
    expect((await findTopicByKey(dashboard.db, 'camomile'))?.query).toBe('camomile NOT honey');
  });
});

describe('the context check', () => {
  const SWITCHED = { context: 'shown', contextCheck: 'yes', about: 'tea shop' };

  it('is measured on what people said, and switched on with the draft, before it is saved', async () => {
    await press(`rate ${ids[0]} ours`, 'camomile');
    const off = await press(`rate ${ids[1]} not_ours`, 'camomile', { context: 'shown' });
    expect(off('#context').text()).toContain('Measured on 2 examples and judgements');
    expect(off('#context tbody tr').first().text()).toContain('Without the check50 %100 %');
    const on = await press('check', 'camomile', SWITCHED);
    expect(on('input[name=contextCheck]').attr('checked')).toBeDefined();
    expect((await findTopicByKey(dashboard.db, 'camomile'))?.contextCheck).toBe(false);
  });

  it('is saved from the lab, and left as it is by the page of topics, which does not show it', async () => {
    await ask({
      topic: 'camomile',
      key: 'camomile',
      name: 'Camomile',
      query: 'camomile',
      do: 'save',
      ...SWITCHED,
    });
    expect(dashboard.asked).toEqual(['rematch']);
    await post(dashboard, '/topics', people.pr, {
      topic: 'camomile',
      key: 'camomile',
      name: 'Camomile',
      query: 'camomile tea',
    });
    const topic = await findTopicByKey(dashboard.db, 'camomile');
    expect(topic).toMatchObject({ query: 'camomile tea', contextCheck: true, about: 'tea shop' });
    const $ = load((await get(dashboard, '/topics/lab?topic=camomile', people.pr)).text);
    expect($('input[name=contextCheck]').attr('checked')).toBeDefined();
    expect($('input[name=about]').val()).toBe('tea shop');
    await ask({
      topic: 'camomile',
      key: 'camomile',
      name: 'Camomile',
      query: 'camomile',
      do: 'save',
      context: 'shown',
    });
    expect((await findTopicByKey(dashboard.db, 'camomile'))?.contextCheck).toBe(false);
  });
});

describe('what the editor asks for', () => {
  it('the words of the language with their meaning in the reader’s language, and the saved queries', async () => {
    const { body } = await get(dashboard, '/topics/language/words?use=topic', people.viewer);
    expect(body.saved).toEqual([{ key: 'camomile', name: 'Camomile' }]);
    expect(body.fields.find((field: { name: string }) => field.name === 'title')).toMatchObject({
      means: 'words of the title',
      typed: 'ешеду',
    });
    expect(body.operators.map((one: { insert: string }) => one.insert)).toContain('NEAR/4');
  });

  it('what is wrong with a query and where, for what it is written for', async () => {
    const read = async (form: Record<string, string>) =>
      (await post(dashboard, '/topics/language/read', people.viewer, form)).body.issues;
    expect(await read({ query: 'tea AND (cup' })).toMatchObject([
      { start: 8, end: 9, line: 1, column: 9, message: 'This parenthesis is never closed' },
    ]);
    expect(await read({ query: 'tone:negative tea' })).toHaveLength(1);
    expect(await read({ query: 'tone:negative tea', use: 'search' })).toEqual([]);
    expect(await read({ query: 'saved:camomile', self: 'camomile' })).toMatchObject([{ start: 0 }]);
    expect(await read({ query: 'saved:camomile' })).toEqual([]);
    for (const use of ['topic', 'search', 'rule'])
      expect(await read({ query: 'saved:nobody', use }), use).toMatchObject([{ start: 0, end: 12 }]);
    expect(await read({ query: 'tone:negative saved:camomile', use: 'rule' })).toEqual([]);
  });
});
