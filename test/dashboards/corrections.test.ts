import { load } from 'cheerio';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import { listCorrections } from '../../src/store/corrections.ts';
import { listMentions } from '../../src/store/mentions.ts';
import { recordStage } from '../../src/store/progress.ts';
import { saveDocument } from '../../src/store/save-documents.ts';
import { truncate } from '../support/store.ts';
import { get, NOW, openDashboard, post, type TestDashboard, type Visitor, visitors } from './dashboard.ts';
import { type Story, seedStory } from './seed.ts';

let dashboard: TestDashboard;
let people: Record<'viewer' | 'pr' | 'admin', Visitor>;
let story: Story;
beforeAll(async () => {
  dashboard = await openDashboard();
});
beforeEach(async () => {
  await truncate(dashboard.db);
  people = await visitors(dashboard);
  story = await seedStory(dashboard.db, 'plain', (field) => `some ${field} here`);
  dashboard.asked.length = 0;
});

const correct = (form: Record<string, string>) =>
  post(dashboard, '/mentions/correct', people.pr, {
    document: String(story.document),
    revision: '2',
    kind: 'sentiment',
    target: 'plain',
    ...form,
  });
const page = async () => load((await get(dashboard, `/mentions/${story.document}`, people.pr)).text);
const corrections = () => listCorrections(dashboard.db, story.document);
const mention = async () =>
  (await listMentions(dashboard.db, [story.document])).find(({ id }) => id === story.mention)!;

it('saves what a button says, shows it pressed, and writes down who pressed it', async () => {
  const res = await correct({ word: 'label=positive' });
  expect(res.status).toBe(303);
  expect(res.headers.location).toBe(`/mentions/${story.document}?done=1&what=corrected#tags-plain`);
  expect((await mention()).sentiment.label).toBe('positive');
  expect(dashboard.asked).toEqual([`act {"documentIds":[${story.document}]}`]);
  const $ = await page();
  expect($('#tags-plain [aria-pressed=true]').first().text()).toContain('positive');
  expect($('#tags-plain .whose').first().text()).toContain('corrected by pr@example.com');
  const audit = await dashboard.db.query(
    `select actor, subject, detail from audit where action = 'tag.corrected'`,
  );
  expect(audit).toEqual([
    {
      actor: 'pr@example.com',
      subject: `document:${story.document}`,
      detail: { kind: 'sentiment', target: 'plain', said: { label: 'positive' } },
    },
  ]);
});

it('shows the words by which the taggers went as long as their tone counts', async () => {
  await dashboard.db.query(
    `update tags set value = value || '{"label": "negative"}', corrected = null, spans = '[{"field": "text", "start": 0, "end": 3}]' where document_id = $1 and kind = 'sentiment' and target = 'plain'`,
    [story.document],
  );
  const line = async () => (await page())('#tags-plain').text();
  expect(await line()).toMatch(/Words that decided the tone: “.{3}”/);
  expect((await page())('#tags-plain legend').first().text()).toMatch(/^Tone \d+% sure$/);
  await correct({ word: 'label=positive' });
  expect(await line()).not.toContain('Words that decided');
  expect((await page())('#tags-plain legend').first().text()).toBe('Tone');
});

it('undoes it by the button beside it', async () => {
  await correct({ word: 'label=positive' });
  const $ = await page();
  const correction = String(
    $('#tags-plain form[action="/mentions/correct/undo"] input[name=correction]').val(),
  );
  const res = await post(dashboard, '/mentions/correct/undo', people.pr, { correction });
  expect(res.headers.location).toContain('what=undone');
  // What was said before counts again.
  expect((await mention()).sentiment.label).toBe('negative');
  expect((await post(dashboard, '/mentions/correct/undo', people.pr, { correction })).status).toBe(409);
  expect((await post(dashboard, '/mentions/correct/undo', people.pr, { correction: '99999' })).status).toBe(
    404,
  );
});

it('offers to close the case of what is no complaint after all, and leaves it open', async () => {
  await dashboard.db.query(
    `insert into tags (document_id, kind, target, version, value) values ($1, 'complaint', 'plain', '1', '{"isComplaint": true, "reason": "price", "severity": 2}')`,
    [story.document],
  );
  await correct({ kind: 'complaint', word: 'isComplaint=no' });
  const $ = await page();
  const offer = $(`#tags-plain form[action="/cases/${story.case}/revise"]`);
  expect(offer.find('input[name=status]').val()).toBe('closed');
  expect(await dashboard.db.query('select status from cases')).toEqual([{ status: 'open' }]);
  expect((await get(dashboard, `/cases/${story.case}`, people.viewer)).text).toContain(
    'this is not taken for a complaint any more',
  );
  await post(dashboard, `/cases/${story.case}/revise`, people.pr, { status: 'closed' });
  expect(load((await get(dashboard, `/mentions/${story.document}`, people.pr)).text)('.note').length).toBe(0);
});

it('takes the code of any language that there is, typed', async () => {
  const typed = { kind: 'language', target: '', field: 'code' };
  expect((await correct({ ...typed, value: ' TT ' })).status).toBe(303);
  expect((await page())('#tags [aria-pressed=true]').text()).toContain('Tatar');
  expect(dashboard.asked).toEqual([`understand {"documentIds":[${story.document}]}`]);
});

it.each([
  ['kind', { kind: 'mood' }],
  ['kind', { kind: '__proto__' }],
  ['target', { target: 'nowhere' }],
  ['label', { word: 'label=furious' }],
  ['mood', { word: 'mood=1' }],
  ['said', { kind: 'complaint', word: '=' }],
  ['code', { kind: 'language', target: '', word: 'code=<b>' }],
  ['severity', { kind: 'complaint', word: 'severity=1e9' }],
  ['isComplaint', { kind: 'complaint', word: 'isComplaint=perhaps' }],
  ['revision', { revision: '-1' }],
  ['document', { document: 'one' }],
  ['word', { word: 'x'.repeat(200) }],
])('refuses a wrong %s by its name: %o', async (field, form) => {
  const before = await corrections();
  await dashboard.db.query(
    `insert into tags (document_id, kind, target, version, value) values ($1, 'complaint', 'plain', '1', '{"isComplaint": true}')`,
    [story.document],
  );
  const res = await correct({ word: 'label=positive', ...form });
  expect(res.status).toBe(422);
  expect(load(res.text)('.error').text()).toContain(field);
  expect(await corrections()).toEqual(before);
});

it('saves nothing for a text that was edited while it was read, and says so', async () => {
  const changed = {
    externalId: '1',
    url: 'https://plain.example/1',
    kind: 'post' as const,
    text: 'another text',
  };
  await saveDocument(dashboard.db, story.source, changed, NOW);
  await recordStage(dashboard.db, 'understood', [{ id: story.document, revision: 3 }], NOW);
  const before = await corrections();
  const res = await correct({ word: 'label=positive' });
  expect(res.status).toBe(409);
  expect(load(res.text)('[role=alert]').text()).toContain('The text has changed');
  expect(await corrections()).toEqual(before);
});

it('shows viewers whose word counts, and no buttons', async () => {
  await correct({ word: 'label=positive' });
  const $ = load((await get(dashboard, `/mentions/${story.document}`, people.viewer)).text);
  expect($('#tags-plain').text()).toContain('corrected by pr@example.com');
  expect($('main button').length).toBe(0);
});

it('of a post that is gone is not found', async () => {
  expect((await correct({ document: '99999', word: 'label=positive' })).status).toBe(404);
});
