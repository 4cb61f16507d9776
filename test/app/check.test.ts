import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { loadConfig } from '../../config/load.ts';
import { casePolicyOf } from '../../src/app/case-policy.ts';
import { checkConfig } from '../../src/app/check.ts';

const folder = mkdtempSync(join(tmpdir(), 'molva-check-'));
afterAll(() => rmSync(folder, { recursive: true }));

function load(yaml: string) {
  const file = join(folder, 'app.yaml');
  writeFileSync(file, yaml);
  return loadConfig(file, {});
}
const check = (yaml: string) => () => checkConfig(load(yaml));

const CALENDAR = `calendars:
  moscow: { zone: Europe/Moscow, holidays: [2027-01-01] }
`;

it.each([
  [
    'a calendar that there is not',
    `cases: { calendar: london }\n${CALENDAR}`,
    /there is no calendar "london"/,
  ],
  [
    'a calendar of a topic that there is not',
    `cases: { topic_calendars: { t: london } }\n${CALENDAR}`,
    /topic_calendars.*there is no calendar "london"/,
  ],
  [
    'events that only webhooks take',
    'crm: [{ key: c, kind: csv, events: [complaints, mention.created] }]',
    /only a webhook can be told of mention.created/,
  ],
  ['a filter that cannot be read', 'crm: [{ key: c, kind: csv, filter: "((" }]', /filter/],
])('names %s, and where it stands', (_what, yaml, words) => {
  expect(check(yaml)).toThrow(words);
});

it.each([
  [
    'hours that end before they begin',
    'calendars: { a: { zone: UTC, from: "18:00", to: "09:00" } }',
    /not later/,
  ],
  ['a day that is none', 'calendars: { a: { zone: UTC, holidays: [2027-13-01] } }', /2027-01-01/],
])('refuses %s', (_what, yaml, words) => {
  expect(() => load(yaml)).toThrow(words);
});

it('turns times to answer into milliseconds, by severity where they say so', () => {
  const { config } = load(`cases:
  calendar: moscow
  due: { MVC: 2h, MGC: { mild: 24h, serious: 8h, urgent: 30m } }
${CALENDAR}`);
  const policy = casePolicyOf(config, 'http://m');
  const hour = 3_600_000;
  expect(policy.due.MVC).toEqual({ 1: 2 * hour, 2: 2 * hour, 3: 2 * hour });
  expect(policy.due.MGC).toEqual({ 1: 24 * hour, 2: 8 * hour, 3: hour / 2 });
  expect(policy.calendarOf('any')).toMatchObject({ zone: 'Europe/Moscow', hours: { from: 540, to: 1080 } });
});
