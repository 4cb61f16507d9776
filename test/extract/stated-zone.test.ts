import { expect, test } from 'vitest';
import { statedZone } from '../../src/extract/stated-zone.ts';
import { processorMs } from '../support/processor-ms.ts';

test.each([
  ['<li>All times are <span title="UTC+3">UTC+03:00</span></li>', 180],
  ['<div>All times are GMT -5. The time now is 10:12 AM.</div>', -300],
  ['<p>Часовой пояс: UTC + 5 часов</p>', 300],
  ['<div>Часовой пояс GMT +3, время: 15:30.</div>', 180],
  ['<p>All times are UTC</p>', 0],
  ['<p>Текущее время: 12:00. Часовой пояс: МСК+2</p>', 300],
  ['<p>All times are GMT +5:30.</p>', 330],
  ['<p>GMT is a time zone of which Greenwich is proud</p>', undefined],
  ['<p>Всё время занято: GMT+99</p>', undefined],
])('%s is %s minutes east of UTC', (html, expected) => {
  expect(statedZone(html)).toBe(expected);
});

test('a megabyte without a statement is looked through in a moment', () => {
  const started = processorMs();
  statedZone('время '.repeat(200_000));
  expect(processorMs() - started).toBeLessThan(4000);
});
