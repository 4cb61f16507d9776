import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newPage } from '../../crawlers/walk/reading.ts';
import { traceReport } from '../../src/jobs/report-miss.ts';
import { InputError } from '../../src/lib/errors.ts';
import type { MissTrace } from '../../src/model/recall.ts';
import type { Database } from '../../src/store/db.ts';
import { listMentions, setMentionStatus } from '../../src/store/mentions.ts';
import { savePages } from '../../src/store/pages.ts';
import { markDeleted, saveDocument } from '../../src/store/save-documents.ts';
import { recordSourceFailure, recordSourceSuccess, syncSources } from '../../src/store/sources.ts';
import { saveTopic } from '../../src/store/topics.ts';
import { removeUserSource, updateUserSource } from '../../src/store/user-sources.ts';
import { addTopic, found, later, NOW, sourceDefinition } from '../support/rows.ts';
import { openTestPglite, truncate } from '../support/store.ts';
import { articlePage, HOUR, openWorld, POST, understand, type World, watch } from './recall/recall-world.ts';

let db: Database;
let world: World;

beforeAll(async () => {
  db = await openTestPglite();
});
afterAll(() => db.close());
beforeEach(async () => {
  await truncate(db);
  await world?.close();
  world = await openWorld(db);
  await addTopic(db, 'romashka', 'ромашка');
});
afterAll(() => world.close());

const at = (path: string): string => `${world.site.url}${path}`;

function trace(path: string, more: { text?: string; topic?: string } = {}): Promise<MissTrace> {
  const pasted = { address: path === '' ? '' : at(path), text: more.text ?? '', topic: more.topic ?? null };
  return traceReport(world.deps, pasted, AbortSignal.timeout(20_000));
}

/** Read an hour after the post of `articlePage` and long enough before now. */
async function visited(
  source: Parameters<typeof recordSourceSuccess>[1],
  visitedAt = later(-HOUR),
): Promise<void> {
  const outcome = { pollAt: later(HOUR), nextRunAt: later(HOUR), hasNews: false, trouble: null };
  await recordSourceSuccess(db, source, visitedAt, outcome);
}

function results({ steps }: MissTrace): string[] {
  return steps.map(({ stage, result }) => `${stage} ${result}`);
}

describe('a post of a site that nobody watches', () => {
  it('is missed for want of a source, and its address is offered as one', async () => {
    world.pages['/p'] = articlePage(POST);
    const seen = await trace('/p');
    expect(seen).toMatchObject({
      cause: 'no-source',
      fix: { kind: 'add-source', address: at('/p') },
      source: null,
    });
    expect(results(seen)).toEqual([
      'source failed',
      'fetch ok',
      'document failed',
      'query ok',
      'filters skipped',
      'time skipped',
    ]);
    expect(seen.found?.text).toContain('курьер не приехал');
  });

  it('is not to be had when robots.txt forbids it, and the page is not asked for', async () => {
    world.pages['/p'] = articlePage(POST);
    world.robots.text = 'User-agent: *\nDisallow: /';
    expect(await trace('/p')).toMatchObject({ cause: 'robots', fix: null });
    expect(world.asked).toEqual([]);
  });

  it('is gone when the page is', async () => {
    expect(await trace('/p')).toMatchObject({ cause: 'gone' });
  });

  it('still lacks a source while the site is out of order', async () => {
    world.pages['/p'] = (res) => void res.writeHead(503).end();
    expect(await trace('/p')).toMatchObject({ cause: 'no-source' });
  });
});

describe('a post of a site that is watched', () => {
  it('is caught, with a link, when its mention is there', async () => {
    const source = await watch(db, at('/'));
    const id = await saveDocument(
      db,
      source,
      found('1', { url: at('/p'), text: POST, publishedAt: later(-HOUR) }),
      NOW,
    );
    await understand(world.deps, id);
    const seen = await trace('/p?utm_source=mail');
    expect(seen).toMatchObject({
      cause: 'caught',
      fix: { kind: 'open-document', document: id },
      document: id,
    });
    expect(results(seen)).toEqual([
      'source ok',
      'fetch skipped',
      'document ok',
      'query ok',
      'filters ok',
      'time ok',
    ]);
    expect(world.asked).toEqual([]);
  });

  it('is missed when its source is switched off', async () => {
    world.pages['/p'] = articlePage(POST);
    const source = await watch(db, at('/'));
    await updateUserSource(db, source, { enabled: false }, NOW);
    expect(await trace('/p')).toMatchObject({
      cause: 'source-off',
      fix: { kind: 'enable-source', source: 'forum' },
    });
  });

  it('is missed when its source was removed, which can be brought back', async () => {
    world.pages['/p'] = articlePage(POST);
    const source = await watch(db, at('/'));
    await saveDocument(db, source, found('other', { url: at('/other') }), NOW);
    await removeUserSource(db, source, NOW);
    expect(await trace('/p')).toMatchObject({
      cause: 'source-off',
      fix: { kind: 'restore-source', sourceKind: 'site', url: at('/') },
    });
  });

  it('is missed when the configuration switches its source off, which no button can change', async () => {
    world.pages['/p'] = articlePage(POST);
    await syncSources(db, [sourceDefinition('blog', { url: at('/'), enabled: false })], NOW);
    expect(await trace('/p')).toMatchObject({
      cause: 'source-off',
      fix: { kind: 'look-at-source', source: 'blog' },
    });
  });

  it('is missed when its source is broken', async () => {
    world.pages['/p'] = articlePage(POST);
    const source = await watch(db, at('/'));
    const error = { code: 'broken-page', message: 'x', at: NOW };
    await recordSourceFailure(db, source, error, later(HOUR));
    const seen = await trace('/p');
    expect(seen).toMatchObject({ cause: 'source-broken', fix: { kind: 'look-at-source' } });
    expect(seen.steps[0]?.message.ru).toContain('разметка');
  });

  it('is missed for robots.txt when that is what its source stumbles over', async () => {
    const source = await watch(db, at('/'));
    await recordSourceFailure(db, source, { code: 'robots', message: 'x', at: NOW }, later(HOUR));
    expect(await trace('/p')).toMatchObject({ cause: 'robots' });
  });

  it('is not visited yet when the source has not been read since', async () => {
    world.pages['/p'] = articlePage(POST);
    await watch(db, at('/'));
    expect(await trace('/p')).toMatchObject({
      cause: 'not-yet-visited',
      fix: { kind: 'crawl-now', source: 'forum' },
    });
  });

  it('is not visited yet when its page is one of those that wait', async () => {
    world.pages['/p'] = articlePage(POST);
    const source = await watch(db, at('/'));
    await visited(source);
    await savePages(db, source, [
      newPage({ url: at('/p'), role: 'content', thread: at('/p'), number: 1 }, later(HOUR), 1),
    ]);
    const seen = await trace('/p');
    expect(seen).toMatchObject({ cause: 'not-yet-visited' });
    expect(seen.steps[2]).toMatchObject({
      code: 'document.page-due',
      facts: { due: later(HOUR).toISOString() },
    });
  });

  it('is lost in reading when its page was looked at and nothing came of it', async () => {
    world.pages['/p'] = articlePage(POST);
    const source = await watch(db, at('/'));
    await visited(source);
    const page = newPage({ url: at('/p'), role: 'content', thread: at('/p'), number: 1 }, later(HOUR), 1);
    await savePages(db, source, [{ ...page, looks: 1, fetchedAt: later(-HOUR / 2) }]);
    expect(await trace('/p')).toMatchObject({ cause: 'not-extracted', fix: { kind: 'look-at-source' } });
  });

  it('is lost in reading when its words stand on the page and not in what is read of it', async () => {
    world.pages['/p'] = articlePage(POST).replace(
      '</article>',
      '</article><nav><a href="/x">Пишут клиенты магазина Ромашка</a></nav>',
    );
    const source = await watch(db, at('/'), { kind: 'selectors' });
    await visited(source);
    const seen = await trace('/p', { text: 'Пишут клиенты магазина Ромашка' });
    expect(seen).toMatchObject({ cause: 'not-extracted', fix: { kind: 'mend-selectors', source: 'forum' } });
    expect(seen.steps[2]?.code).toBe('document.not-extracted');
  });

  it('lacks a source that leads to it when the one there is was read since and does not know it', async () => {
    world.pages['/p'] = articlePage(POST);
    const source = await watch(db, at('/feed'), { kind: 'feed' });
    await visited(source);
    expect(await trace('/p')).toMatchObject({
      cause: 'no-source',
      fix: { kind: 'add-source' },
      source: 'forum',
    });
  });

  it('needs a login when the page is a login form', async () => {
    world.pages['/p'] =
      '<form action="/in" method="post"><input name="user"><input type="password" name="pw"></form>';
    await watch(db, at('/'));
    expect(await trace('/p')).toMatchObject({ cause: 'login-needed' });
    world.pages['/q'] = (res) => void res.writeHead(401).end();
    expect(await trace('/q')).toMatchObject({ cause: 'login-needed' });
  });

  it('is said to be unreadable when the site refuses us', async () => {
    world.pages['/p'] = (res) => void res.writeHead(403).end();
    await watch(db, at('/'));
    const seen = await trace('/p');
    expect(seen).toMatchObject({ cause: 'fetch-failed', fix: { kind: 'look-at-source' } });
    expect(seen.steps[1]?.facts.error).toBe('http-403');
  });
});

describe('a post that is stored', () => {
  async function store(text: string, change: Parameters<typeof found>[1] = {}) {
    const source = await watch(db, at('/'));
    const id = await saveDocument(
      db,
      source,
      found('1', { url: at('/p'), text, publishedAt: later(-HOUR), ...change }),
      NOW,
    );
    await understand(world.deps, id);
    return { source, id: id! };
  }

  it('is missed by a query that is too narrow, and the words that it lacks are named', async () => {
    await saveTopic(
      db,
      { key: 'shop', name: 'Магазин', query: 'чайник AND (самовар OR кофейник)' },
      'user',
      NOW,
    );
    await store('Чайник из этого магазина протекает.');
    const seen = await trace('/p', { topic: 'shop' });
    expect(seen).toMatchObject({ cause: 'query-too-narrow', fix: { kind: 'add-example', topic: 'shop' } });
    expect(seen.steps[3]?.reasons).toEqual([
      { ru: 'нет ничего из: (самовар OR кофейник)', en: 'none of: (самовар OR кофейник)' },
    ]);
    const any = await trace('/p');
    expect(any.steps[3]?.message.ru).toContain('Ближе всего «Магазин»');
    expect(any.steps[3]?.reasons[0]?.ru).toContain('«Магазин»');
  });

  it('is missed by a topic that is switched off', async () => {
    await store(POST);
    await saveTopic(db, { key: 'off', name: 'Off', query: 'чайник', enabled: false }, 'user', NOW);
    expect(await trace('/p', { topic: 'off' })).toMatchObject({
      cause: 'filtered',
      fix: { kind: 'open-topic' },
    });
  });

  it('is filtered when its mention was marked as not about us', async () => {
    const { id } = await store(POST);
    const [mention] = await listMentions(db, [id]);
    await setMentionStatus(db, mention!.id, 'not_us');
    expect(await trace('/p')).toMatchObject({
      cause: 'filtered',
      fix: { kind: 'restore-mention', mention: mention!.id },
    });
  });

  it('is filtered when its mention lies in the basket', async () => {
    const { id } = await store(POST);
    const [mention] = await listMentions(db, [id]);
    await db.query('update mentions set basket_at = $2 where id = $1', [mention!.id, NOW]);
    expect(await trace('/p')).toMatchObject({
      cause: 'filtered',
      fix: { kind: 'empty-basket', mention: mention!.id },
    });
  });

  it('is too late when it was found long after it was published, unless nobody watched then', async () => {
    const { source } = await store('первая', { url: at('/first'), publishedAt: later(-100 * HOUR) });
    const late = found('2', { url: at('/late'), text: POST, publishedAt: later(2 * HOUR) });
    world.clock.pass(20 * HOUR);
    await understand(world.deps, await saveDocument(db, source, late, world.clock.now()));
    expect(await trace('/late')).toMatchObject({
      cause: 'too-late',
      fix: { kind: 'shorten-interval', source: 'forum', schedule: 'fixed', everyMs: 300_000 },
    });
    const old = found('3', { url: at('/old'), text: POST, publishedAt: later(-50 * HOUR) });
    await understand(world.deps, await saveDocument(db, source, old, world.clock.now()));
    const seen = await trace('/old');
    expect([seen.cause, seen.steps[5]?.code]).toEqual(['caught', 'time.before']);
  });

  it('was caught though it has been taken off its site', async () => {
    const { source } = await store(POST);
    await markDeleted(db, source, ['1'], NOW);
    const seen = await trace('/p');
    expect([seen.cause, seen.steps[2]?.code]).toEqual(['caught', 'document.deleted']);
  });

  it.each([
    ['without its www and its slash', 'http://www.tea.example/posts/1/', 'https://tea.example/posts/1'],
    ['as AMP', 'https://tea.example/posts/1/amp/', 'https://tea.example/posts/1'],
    ['with parameters in another order', 'https://tea.example/p?b=2&a=1', 'https://tea.example/p?a=1&b=2'],
    ['by the number of the post', 'https://tea.example/t/9?p=77#p77', 'https://tea.example/t/9/post-77'],
  ])('is known %s', async (_how, pasted, stored) => {
    const source = await watch(db, 'https://tea.example/');
    const externalId = stored.endsWith('post-77') ? '9/77' : stored;
    await understand(
      world.deps,
      await saveDocument(db, source, found(externalId, { url: stored, text: POST }), NOW),
    );
    const report = { address: pasted, text: '', topic: null };
    expect(await traceReport(world.deps, report, AbortSignal.timeout(5000))).toMatchObject({
      cause: 'caught',
    });
  });

  it('is known by its words alone, whole or in part', async () => {
    const { id } = await store(`Было так. ${POST} Вот и всё.`);
    expect(await trace('', { text: POST.toUpperCase() })).toMatchObject({ cause: 'caught', document: id });
    expect(await trace('', { text: 'деньги за чайник\nне возвращают' })).toMatchObject({ document: id });
  });
});

describe('what is hard to tell apart', () => {
  it('is the scheme of an address that was pasted without one: the one that answers counts', async () => {
    world.pages['/p'] = articlePage(POST);
    const pasted = { address: `${world.site.host}/p`, text: '', topic: null };
    const seen = await traceReport(world.deps, pasted, AbortSignal.timeout(20_000));
    expect(seen).toMatchObject({ cause: 'no-source', address: at('/p'), fix: { address: at('/p') } });
  });

  it('is a comment that came after the last visit from the article above it, which is stored', async () => {
    const comment = 'А мне в Ромашке вернули деньги за чайник через неделю, без вопросов.';
    world.pages['/p'] = articlePage(POST).replace(
      '</article>',
      `</article><section id="comments"><ol><li id="comment-7"><cite>Анна</cite> <time datetime="2026-11-22T08:50:00Z">08:50</time><p>${comment}</p></li>
       <li id="comment-8"><cite>Иван</cite> <time datetime="2026-11-22T08:55:00Z">08:55</time><p>Спасибо, буду знать и тоже попробую.</p></li></ol></section>`,
    );
    const source = await watch(db, at('/'));
    await visited(source);
    const page = newPage({ url: at('/p'), role: 'content', thread: at('/p'), number: 1 }, later(HOUR), 1);
    await savePages(db, source, [{ ...page, looks: 1, fetchedAt: later(-HOUR) }]);
    await understand(
      world.deps,
      await saveDocument(db, source, found('1', { url: at('/p'), text: `${POST} И так далее.` }), NOW),
    );
    const seen = await trace('/p', { text: comment });
    expect(seen.found?.text).toBe(comment);
    expect(seen).toMatchObject({ cause: 'not-yet-visited', document: null });
    expect(seen.steps[2]?.code).toBe('document.page-due');
  });

  it('is a post under another address of its site, and a copy on another site', async () => {
    world.pages['/p'] = articlePage(POST);
    const source = await watch(db, at('/'));
    await visited(source);
    const text = `${POST} ${'Здесь ещё немного слов о том, как всё было. '.repeat(6)}`;
    const copy = await saveDocument(db, source, found('1', { url: 'https://copy.example/1', text }), NOW);
    await understand(world.deps, copy);
    await removeUserSource(db, source, NOW);
    const seen = await trace('/p');
    expect(seen.cause).not.toBe('caught');
    expect(seen.document).toBeNull();
    const own = await saveDocument(db, source, found('2', { url: at('/2026/11/p'), text }), NOW);
    await understand(world.deps, own);
    const again = await trace('/p');
    expect([again.cause, again.document, again.steps[2]?.code]).toEqual([
      'caught',
      own,
      'document.elsewhere',
    ]);
  });

  it('is a copy when nobody watches the site, and it is told', async () => {
    const source = await watch(db, 'https://copy.example/');
    const text = `${POST} ${'Здесь ещё немного слов о том, как всё было. '.repeat(6)}`;
    const copy = await saveDocument(db, source, found('1', { url: 'https://copy.example/1', text }), NOW);
    await understand(world.deps, copy);
    world.pages['/p'] = articlePage(POST);
    const seen = await trace('/p');
    expect(seen).toMatchObject({ cause: 'no-source', document: null });
    expect(seen.steps[2]).toMatchObject({ code: 'document.copy', facts: { copy } });
  });

  it('is the past that is still being collected', async () => {
    world.pages['/p'] = articlePage(POST);
    const source = await watch(db, at('/'));
    await visited(source);
    await savePages(db, source, [
      newPage({ url: at('/old'), role: 'content', thread: 'x', number: 1 }, NOW, 0),
    ]);
    const seen = await trace('/p');
    expect(seen).toMatchObject({ cause: 'not-yet-visited' });
    expect(seen.steps[2]).toMatchObject({ code: 'document.past', facts: { pages: 1 } });
  });

  it('is a post older than posts are kept, of a source that has nothing left to read', async () => {
    world.pages['/p'] = articlePage(POST, '2020-01-01T00:00:00Z');
    await visited(await watch(db, at('/')));
    expect(await trace('/p')).toMatchObject({ cause: 'filtered', fix: null });
  });

  it('is the nearest of many topics: the one whose words are there but for an exclusion', async () => {
    await addTopic(db, 'far', 'самовар AND кофейник');
    await addTopic(db, 'near', 'ромашка NOT курьер');
    await saveTopic(db, { key: 'romashka', name: 'Ромашка', query: 'ромашка AND лепесток' }, 'user', NOW);
    const seen = await trace('', { text: POST });
    expect(seen.fix).toEqual({ kind: 'add-example', topic: 'near' });
    expect(seen.steps[3]?.reasons[0]?.en).toContain('excluded by: курьер');
    for (let i = 0; i < 310; i += 1) await addTopic(db, `more${i}`, `слово${i}`);
    expect((await trace('', { text: POST })).steps[3]?.code).toBe('query.none-of-many');
  });

  it('is a mention that has not been made yet', async () => {
    const source = await watch(db, at('/'));
    await saveDocument(db, source, found('1', { url: at('/p'), text: POST }), NOW);
    expect(await trace('/p')).toMatchObject({ cause: 'unknown', fix: { kind: 'rematch' } });
  });
});

describe('words without an address', () => {
  it('that a topic finds and its context check refuses are missed by that, and the words that decided are named', async () => {
    const shop = {
      key: 'laguna',
      name: 'Лагуна',
      query: 'лагуна',
      contextCheck: true,
      about: 'сеть магазинов',
    };
    await saveTopic(db, shop, 'user', NOW);
    const seen = await trace('', { text: 'Купались в голубой лагуне', topic: 'laguna' });
    expect(seen).toMatchObject({ cause: 'query-too-narrow', fix: { kind: 'add-example', topic: 'laguna' } });
    expect(JSON.stringify(seen.steps)).toContain('this is not “Лагуна”');
    expect((await trace('', { text: 'В Лагуне кассир не пробил скидку', topic: 'laguna' })).cause).not.toBe(
      'query-too-narrow',
    );
  });

  it('that no topic finds are missed by the query', async () => {
    expect(await trace('', { text: 'Василёк мне нравится' })).toMatchObject({
      cause: 'query-too-narrow',
      document: null,
    });
  });

  it('that a topic would find, and that are nowhere, are missed for a reason that nobody knows', async () => {
    expect(await trace('', { text: 'Ромашка мне нравится' })).toMatchObject({ cause: 'unknown', fix: null });
  });
});

describe('hostile input', () => {
  const send = (address: string, text = '') =>
    traceReport(world.deps, { address, text, topic: null }, AbortSignal.timeout(20_000));

  it.each([
    'javascript:alert(1)',
    'file:///etc/passwd',
    'data:text/html,x',
    'ftp://tea.example/x',
    'one two',
    'localhostt',
    `https://tea.example/${'x'.repeat(3000)}`,
    '',
    '\u0000\u0007',
  ])('is refused: %j', async (address) => {
    await expect(send(address)).rejects.toBeInstanceOf(InputError);
  });

  it.each([
    'http://127.0.0.1:1/',
    'http://169.254.169.254/latest/meta-data',
    'http://[::1]:8080/',
    'http://localhost/',
    'http://10.0.0.1/',
    'http://2130706433/',
    'https://user:secret@tea.example/',
  ])('of a private address is not asked for: %s', async (address) => {
    const seen = await send(address);
    expect(seen.cause).toBe('fetch-failed');
    expect(String(seen.steps[1]?.facts.error)).toMatch(/^refused-/);
  });

  it('that leads within by a redirect is not followed', async () => {
    world.pages['/in'] = (res) => void res.writeHead(302, { location: 'http://169.254.169.254/' }).end();
    expect((await trace('/in')).steps[1]?.facts.error).toBe('refused-address');
  });

  it('of endless redirects, of ten megabytes and of silence ends', async () => {
    let n = 0;
    for (let i = 0; i < 20; i++)
      world.pages[`/r${i}`] = (res) => void res.writeHead(302, { location: `/r${++n % 20}` }).end();
    world.pages['/huge'] = `<p>${'слово '.repeat(1_800_000)}</p>`;
    world.pages['/never'] = () => undefined;
    const codes = [];
    for (const path of ['/r0', '/huge', '/never']) codes.push((await trace(path)).steps[1]?.facts.error);
    expect(codes).toEqual(['redirect-loop', 'too-large', 'timeout']);
  }, 30_000);

  it('of control characters and marks of direction is kept out of what is stored and shown', async () => {
    const seen = await trace('', { text: 'Ромашка\u0000\u0007\u202e мне\u009b нравится' });
    expect(JSON.stringify(seen.found)).not.toMatch(/\\u00|\p{Cc}/u);
    const address = await send('https://127.0.0.1:1/\u0007x\u202ey');
    expect(JSON.stringify(address)).not.toMatch(/\p{Cc}|\p{Cf}/u);
  });

  it('names a topic that is not there', async () => {
    const report = { address: at('/p'), text: '', topic: 'nothing' };
    await expect(traceReport(world.deps, report, AbortSignal.timeout(5000))).rejects.toBeInstanceOf(
      InputError,
    );
  });
});
