import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { crawlers } from '../../crawlers/registry.ts';
import { exportOpml, importOpml } from '../../src/jobs/import-opml.ts';
import {
  addSource,
  type ManageSourcesDeps,
  reachFurtherBack,
  removeSource,
  requireSource,
  rescheduleSource,
} from '../../src/jobs/manage-sources.ts';
import { readBackfill, setBackfill } from '../../src/store/backfill.ts';
import type { Database } from '../../src/store/db.ts';
import { pageMemory, savePages } from '../../src/store/pages.ts';
import { claimDueSources, listSources, syncSources } from '../../src/store/sources.ts';
import { addDocument, countRows, MINUTE, NOW, sourceDefinition } from '../support/rows.ts';
import { DRIVERS, openTestStore, truncate } from '../support/store.ts';

const deps: ManageSourcesDeps = {
  clock: { now: () => NOW, sleep: async () => undefined },
  kinds: crawlers,
  defaultEveryMs: 15 * MINUTE,
};
const draft = { kind: 'feed', url: 'https://www.tea.example/feed.xml', name: 'Tea' };

describe.each(DRIVERS)('sources that people add, on %s', (kind) => {
  let db: Database;
  beforeAll(async () => {
    db = await openTestStore(kind);
  });
  afterAll(() => db.close());
  beforeEach(() => truncate(db));

  it('are due at once, under a key after their address', async () => {
    const { id, key } = await addSource(deps, db, draft);
    expect(key).toBe('tea-example-feed');
    expect(await claimDueSources(db, NOW, 10)).toEqual([id]);
    expect(await requireSource(db, key)).toMatchObject({
      origin: 'user',
      everyMs: 15 * MINUTE,
      schedule: { kind: 'adaptive' },
    });
  });

  it('are one source however often they are added', async () => {
    await addSource(deps, db, draft);
    expect(await addSource(deps, db, draft)).toMatchObject({ key: 'tea-example-feed', isKnown: true });
    expect(await countRows(db, 'sources')).toBe(1);
  });

  it('survive a start with a configuration that does not know them', async () => {
    await addSource(deps, db, draft);
    await syncSources(db, [sourceDefinition('forum')], NOW);
    await syncSources(db, [], NOW);
    expect((await listSources(db)).map(({ key, enabled }) => [key, enabled])).toEqual([
      ['tea-example-feed', true],
      ['forum', false],
    ]);
  });

  it('go when they have brought nothing, and hide with their documents kept when they have', async () => {
    const { id, key } = await addSource(deps, db, draft);
    expect(await removeSource(deps, db, await requireSource(db, key))).toBe('deleted');
    expect(await countRows(db, 'sources')).toBe(0);
    const again = await addSource(deps, db, draft);
    await addDocument(db, again.id, '1');
    expect(await removeSource(deps, db, await requireSource(db, key))).toBe('hidden');
    expect([await listSources(db), await countRows(db, 'documents')]).toEqual([[], 1]);
    expect(await claimDueSources(db, NOW, 10)).toEqual([]);
    expect(await addSource(deps, db, draft)).toEqual({ id: again.id, key, isKnown: false });
    expect((await listSources(db)).length).toBe(1);
    expect(id).not.toBe(again.id);
  });

  it('that stand in the configuration are removed and changed there', async () => {
    await syncSources(db, [sourceDefinition('forum')], NOW);
    const source = await requireSource(db, 'forum');
    await expect(removeSource(deps, db, source)).rejects.toThrow(/configuration/);
    await expect(rescheduleSource(deps, db, source, {})).rejects.toThrow(/configuration/);
  });

  it.each([
    [{ kind: 'nothing' }, /no kind/],
    [{ url: 'ftp://x.example' }, /address/],
    [{ key: 'Ж' }, /key/],
    [{ cron: 'never' }, /cron/],
    [{ settings: { zone: 1 } }, /settings/],
  ])('are refused in words: %j', async (change, words) => {
    await expect(addSource(deps, db, { ...draft, ...change })).rejects.toThrow(words);
  });

  it('come in by OPML and leave by it, and are added once', async () => {
    await addSource(deps, db, draft);
    const { text } = await exportOpml(db, NOW);
    await truncate(db);
    const mixed = text.replace('</body>', '<outline text="bad" xmlUrl="mailto:x"/></body>');
    expect(await importOpml({ ...deps, db }, mixed, 'test')).toMatchObject({
      added: 1,
      known: 0,
      refused: 1,
      lines: [
        { name: 'bad', outcome: 'refused', reason: 'scheme' },
        { name: 'Tea', outcome: 'added', key: 'tea-example-feed' },
      ],
    });
    expect(await importOpml({ ...deps, db }, mixed, 'test')).toMatchObject({ added: 0, known: 1 });
    expect(await requireSource(db, 'tea-example-feed')).toMatchObject({ name: 'Tea', kind: 'feed' });
  });

  const line = (name: string, url: string) => `<outline text="${name}" xmlUrl="${url}"/>`;
  const list = (lines: string) => `<opml version="2.0"><body>${lines}</body></opml>`;

  it.each([
    ['javascript:alert(1)', 'scheme'],
    ['file:///etc/passwd', 'scheme'],
    ['no address', 'address'],
    ['http://localhost/feed', 'private'],
    ['http://10.0.0.8/feed', 'private'],
    ['http://[::1]/feed', 'private'],
    ['http://0x7f000001/feed', 'private'],
    ['http://169.254.169.254/latest/meta-data', 'private'],
    ['http://router.lan/feed', 'private'],
    ['http://a.example:22/feed', 'port'],
    ['http://anna:secret@a.example/feed', 'credentials'],
  ])('of a list are not watched at %s, and nothing else is lost', async (url, reason) => {
    const done = await importOpml(
      { ...deps, db },
      list(line('x', url) + line('ok', 'https://ok.example/f')),
      'test',
    );
    expect(done.lines.find(({ name }) => name === 'x')).toMatchObject({ outcome: 'refused', reason });
    expect(done).toMatchObject({ added: 1, refused: 1 });
    expect((await listSources(db)).map((source) => source.url)).toEqual(['https://ok.example/f']);
  });

  it('of a list may stand in a private network that is allowed', async () => {
    const text = list(line('x', 'http://10.0.0.8:8080/feed'));
    const done = await importOpml({ ...deps, db, allowPrivate: ['10.0.0.8:8080'] }, text, 'test');
    expect(done).toMatchObject({ added: 1, refused: 0 });
  });

  it('of a list that stand there twice, or of an unknown kind, are named', async () => {
    const odd = '<outline text="odd" xmlUrl="https://odd.example/" molvaKind="nonsense"/>';
    const done = await importOpml(
      { ...deps, db },
      list(line('a', 'https://a.example/') + line('b', 'https://a.example/') + odd),
      'test',
    );
    expect(done.lines).toMatchObject([
      { name: 'b', outcome: 'added' },
      { name: 'odd', outcome: 'refused', reason: 'kind' },
      { name: 'a', outcome: 'known', reason: 'repeated' },
    ]);
  });

  it('of a long list are read first one after the other: thirty a minute, one a minute of each site', async () => {
    const many = Array.from({ length: 70 }, (_, at) => line(`s${at}`, `https://s${at}.example/feed`)).join(
      '',
    );
    const same = Array.from({ length: 3 }, (_, at) => line(`t${at}`, `https://t.example/${at}`)).join('');
    const { lastVisitAt } = await importOpml({ ...deps, db }, list(same + many), 'test');
    const minutes = (await listSources(db)).map(
      (source) => (source.nextRunAt.getTime() - NOW.getTime()) / MINUTE,
    );
    expect(minutes.slice(0, 4)).toEqual([0, 1, 2, 0]);
    for (const minute of [0, 1, 2])
      expect(minutes.filter((one) => one === minute).length).toBeLessThanOrEqual(31);
    expect(lastVisitAt).toEqual(new Date(NOW.getTime() + 2 * MINUTE));
  });

  it('collect their past, stop, and go on', async () => {
    const { id, key } = await addSource(deps, db, { ...draft, kind: 'site' });
    const page = (url: string, urgency: 0 | 2) => ({
      url,
      role: 'content' as const,
      thread: url,
      number: 1,
      urgency,
      dueAt: NOW,
      everyMs: 0,
      validators: {},
      bodyHash: '',
      items: [],
      marks: {},
      hint: null,
      doubts: 0,
      looks: 0,
      fetchedAt: null,
    });
    await savePages(db, id, [page('https://tea.example/old', 0), page('https://tea.example/new', 2)]);
    const due = async () => (await pageMemory(db, id).due(NOW, 10)).map(({ url }) => url);
    expect((await due()).length).toBe(2);
    await setBackfill(db, id, false, NOW);
    expect(await due()).toEqual(['https://tea.example/new']);
    expect(await readBackfill(db, id)).toMatchObject({
      isRunning: false,
      known: 2,
      waiting: 2,
      documents: 0,
    });
    await setBackfill(db, id, true, NOW);
    expect((await due()).length).toBe(2);
    await reachFurtherBack(deps, db, await requireSource(db, key), 365);
    expect((await requireSource(db, key)).settings).toEqual({ pastDays: 365 });
  });
});
