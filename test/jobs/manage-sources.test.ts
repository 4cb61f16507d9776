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
      mistakes: [{ name: 'bad' }],
    });
    expect(await importOpml({ ...deps, db }, mixed, 'test')).toMatchObject({ added: 0, known: 1 });
    expect(await requireSource(db, 'tea-example-feed')).toMatchObject({ name: 'Tea', kind: 'feed' });
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
