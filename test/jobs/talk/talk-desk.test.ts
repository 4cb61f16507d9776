import { expect, it, vi } from 'vitest';
import { createTalkDesk } from '../../../src/jobs/talk/talk-desk.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import { loadMorphology } from '../../../src/lib/morphology.ts';
import type { TopicId } from '../../../src/model/ids.ts';
import type { TagResources } from '../../../src/model/ports.ts';
import { addTopic, later, NOW } from '../../support/rows.ts';
import { openTestStore } from '../../support/store.ts';

const MINUTE = 60_000;

it('tells what it knows while it works it out anew, for an hour', async () => {
  const db = await openTestStore('pglite');
  let now = NOW;
  const morphology = await loadMorphology();
  const desk = createTalkDesk({
    db,
    clock: { ...systemClock, now: () => now },
    resources: { morphology } as TagResources,
  });
  const id: TopicId = await addTopic(db, 'romashka', 'рома');
  const ask = { topic: { id, name: 'Ромашка' }, from: later(-1000), to: NOW, by: 'said' } as const;
  const toldAt = async (minutes: number) => {
    now = later(minutes * MINUTE);
    return (await desk(ask)).at;
  };
  expect(await toldAt(0)).toEqual(NOW);
  expect(await toldAt(1)).toEqual(NOW);
  expect(await toldAt(10)).toEqual(NOW);
  await vi.waitFor(async () => expect(await toldAt(10)).toEqual(later(10 * MINUTE)));
  expect(await toldAt(90)).toEqual(later(90 * MINUTE));
  await db.close();
});
