import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connectors } from '../../src/act/crm/registry.ts';
import { createHttp } from '../../src/fetch/http.ts';
import { systemClock } from '../../src/lib/clock.ts';
import type { Crm } from '../../src/model/ports.ts';
import { type Receiver, startReceiver } from '../jobs/receiver.ts';
import { SECRET } from '../jobs/worker.ts';
import { payload } from './crm/payload.ts';

const OTHER = `whsec_${Buffer.from('another secret of 24 bytes!!').toString('base64')}`;

const HOSTILE = [
  '',
  '=HYPERLINK("http://evil")',
  '+1',
  '-1',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '\n=1',
  '＝1+1',
  'a"b;c,d\nkey-1,e\r\nf',
  '😀\u2028',
  'x'.repeat(5000),
];

describe('CRM connectors', () => {
  let receiver: Receiver;
  let folder: string;
  const http = createHttp({ userAgent: 'test', allowPrivate: ['127.0.0.1'] });
  beforeAll(async () => {
    receiver = await startReceiver(SECRET);
  });
  afterAll(async () => {
    await receiver.close();
    await http.close();
  });
  beforeEach(() => {
    receiver.received = [];
    receiver.answer = undefined;
    folder = mkdtempSync(join(tmpdir(), 'molva-crm-'));
    return () => rmSync(folder, { recursive: true });
  });
  const SETTINGS: Record<string, () => unknown> = {
    webhook: () => ({ url: receiver.url, secrets: [SECRET] }),
    csv: () => ({ file: 'cases.csv' }),
  };
  /** Records in the other system, by key. */
  const RECORDS: Record<string, () => string[]> = {
    webhook: () => receiver.received.map((one) => one.id),
    csv: () => rows().map((row) => row.key!),
  };
  const connect = (kind: string, settings = SETTINGS[kind]!()): Crm =>
    connectors.find((one) => one.kind === kind)!.connect(settings, { http, clock: systemClock, folder });
  const file = () => readFileSync(join(folder, 'cases.csv'), 'utf8');
  const rows = () => parse(file(), { bom: true, columns: true }) as Record<string, string>[];

  describe.each(Object.keys(SETTINGS))('%s keeps to the contract', (kind) => {
    it('refuses settings that it does not know', () => {
      expect(() => connect(kind, { ...(SETTINGS[kind]!() as object), nonsense: 1 })).toThrow();
    });

    it('tells the other side the same key for the same case, however often and however close', async () => {
      const crm = connect(kind);
      await Promise.all([
        crm.openCase(payload(), 'key-1'),
        crm.openCase(payload(), 'key-1'),
        crm.openCase(payload(), 'key-2'),
      ]);
      await crm.openCase(payload(), 'key-1');
      expect(new Set(RECORDS[kind]!())).toEqual(new Set(['key-1', 'key-2']));
    });

    it('hands over hostile texts whole, one record each', async () => {
      const crm = connect(kind);
      for (const [i, text] of HOSTILE.entries()) await crm.openCase(payload({ text }), `key-${i}`);
      expect(RECORDS[kind]!()).toHaveLength(HOSTILE.length);
    });
  });

  describe('csv', () => {
    it('adds a line once per key and keeps its header, also when many cases open at once', async () => {
      const [one, two] = [connect('csv'), connect('csv')];
      await Promise.all(
        Array.from({ length: 20 }, (_, i) => (i % 2 ? one : two).openCase(payload(), `k${i}`)),
      );
      expect(rows()).toHaveLength(20);
      expect(await one.openCase(payload(), 'k1')).toMatchObject({ summary: 'already in cases.csv' });
      expect(rows()).toHaveLength(20);
      expect(file().startsWith('\uFEFFkey,')).toBe(true);
    });

    it('writes no cell that a spreadsheet would run', async () => {
      const crm = connect('csv');
      for (const [i, text] of HOSTILE.entries()) await crm.openCase(payload({ text }), `key-${i}`);
      for (const row of rows())
        for (const cell of Object.values(row)) expect(cell).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/);
      expect(rows().map((row) => row.text!.replace(/^'/, ''))).toEqual(HOSTILE);
    });

    it('takes a file name, not a path', () => {
      for (const name of ['../x.csv', '/etc/x.csv', 'a/b.csv', 'x.txt', '.csv'])
        expect(() => connect('csv', { file: name })).toThrow();
    });
  });

  describe('webhook', () => {
    const send = () => connect('webhook').openCase(payload(), 'key-1');
    const answer = (status: number, headers = {}, body = '') => {
      receiver.answer = (response) => void response.writeHead(status, headers).end(body);
    };

    it('signs so that the standard library verifies it, with either secret during a rotation', async () => {
      for (const secrets of [[SECRET], [SECRET, OTHER], [OTHER, SECRET]])
        await connect('webhook', { url: receiver.url, secrets }).openCase(payload(), 'key-1');
      expect(receiver.received).toHaveLength(3);
      await expect(
        connect('webhook', { url: receiver.url, secrets: [OTHER] }).openCase(payload(), 'k'),
      ).rejects.toMatchObject({ code: 'http-400' });
    });

    it.each([
      'nothing',
      'whsec_',
      'whsec_YWJj',
      SECRET.replace('whsec_', ''),
    ])('refuses the secret %s', (secret) => {
      expect(() => connect('webhook', { url: receiver.url, secrets: [secret] })).toThrow(/whsec_/);
    });

    it.each([200, 201, 204])('takes %i for success', async (status) => {
      answer(status);
      expect(await send()).toMatchObject({ summary: `HTTP ${status}` });
    });

    it('does not follow a redirect, which is a failure', async () => {
      answer(307, { location: receiver.url });
      await expect(send()).rejects.toMatchObject({ name: 'RetryLaterError', code: 'http-307' });
      expect(receiver.received).toHaveLength(1);
    });

    it('gives up for good at 410', async () => {
      answer(410);
      await expect(send()).rejects.toMatchObject({ name: 'PermanentError', code: 'endpoint-gone' });
    });

    it.each([
      ['120', 120_000],
      [new Date(Date.now() + 3_600_000).toUTCString(), 3_600_000],
      ['999999999', 24 * 3_600_000],
      ['soon', undefined],
    ])('waits as Retry-After: %s says, a day at most', async (value, expected) => {
      answer(429, { 'retry-after': value });
      const error = await send().catch((thrown) => thrown);
      if (expected === undefined) expect(error.delayMs).toBeUndefined();
      else expect(Math.abs(error.delayMs - expected)).toBeLessThan(5000);
    });

    it('takes a success with a huge answer for a success', async () => {
      answer(200, {}, 'x'.repeat(1_000_000));
      expect(await send()).toMatchObject({ summary: 'HTTP 200' });
    });

    it('tries again later when nobody answers', async () => {
      const crm = connect('webhook', { url: 'http://127.0.0.1:9/', secrets: [SECRET] });
      await expect(crm.openCase(payload(), 'k')).rejects.toMatchObject({ name: 'RetryLaterError' });
    });
  });
});
