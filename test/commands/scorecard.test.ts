import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CommandDeps, Output, RegisteredCommand } from '../../src/commands/command.ts';
import { findCommand } from '../../src/commands/registry.ts';
import { WEEK_MS } from '../../src/jobs/scorecard/periods.ts';
import type { Scorecard } from '../../src/model/scorecard.ts';
import type { Database } from '../../src/store/db.ts';
import { saveLabel } from '../../src/store/scorecard-items.ts';
import { addSample } from '../../src/store/scorecard-samples.ts';
import { createTestClock } from '../jobs/worker.ts';
import { NOW } from '../support/rows.ts';
import { openTestPglite } from '../support/store.ts';

let db: Database;
beforeAll(async () => {
  db = await openTestPglite();
});
afterAll(() => db.close());

async function run() {
  const command = (await findCommand('scorecard')) as RegisteredCommand;
  let value: unknown;
  let text = '';
  const out: Output = {
    data: (said, words) => {
      value = said;
      text = words;
    },
    message: () => undefined,
  };
  const deps = { jobs: { db, clock: createTestClock() }, inServer: true } as unknown as CommandDeps;
  return {
    code: await command.run(deps, command.read([], {}), out),
    card: value as Scorecard,
    text: () => text,
  };
}

async function addWeek(weeksAgo: number, right: boolean): Promise<void> {
  const to = new Date(NOW.getTime() - weeksAgo * WEEK_MS);
  const strata = [{ language: 'en', sourceKind: 'feed', documents: 20, mentions: 20 }];
  const gone = { stratum: 0, documentId: null as never, topicId: null as never };
  const one = { ...gone, language: 'en', sourceKind: 'feed', mentions: 1 };
  await addSample(db, { from: new Date(to.getTime() - WEEK_MS), to }, strata, Array(20).fill(one), to);
  const ids = await db.query<{ id: number }>('select id from scorecard_items where labelled_at is null');
  for (const { id } of ids) {
    const machine = {
      tone: 'negative',
      toneVersion: '3-a',
      complaint: right,
      complaintVersion: '2-a',
    } as const;
    await saveLabel(db, id, { tone: 'negative', complaint: true }, machine, { by: 'a@b.example', at: to });
  }
}

it('says what is to come while there is nothing, and ends with 0', async () => {
  const { code, text } = await run();
  expect(code).toBe(0);
  expect(text()).toContain('a sample is drawn on Mondays');
});

it('prints figures with intervals, labels and versions', async () => {
  for (const weeksAgo of [7, 6, 5]) await addWeek(weeksAgo, true);
  const { code, text, card } = await run();
  expect(code).toBe(0);
  expect(text()).toContain('tone, en: macro-F1 100 (94–100)\t60 labels\t');
  expect(text()).toContain('version 3-a');
  expect(text()).toContain('complaint\tprecision 100 (94–100) of 60\trecall 100 (94–100) of 60');
  expect(card.weeks).toHaveLength(3);
});

it('ends with 1 when a figure has fallen, and says what to do', async () => {
  for (const weeksAgo of [1, 0]) await addWeek(weeksAgo, false);
  const { code, text, card } = await run();
  expect(code).toBe(1);
  expect(card.falls).toMatchObject([{ measure: 'complaint', language: 'en', isNewVersion: false }]);
  expect(text()).toContain('WORSE: complaint, en: 100 → 0');
  expect(text()).toContain('molva model train');
});
