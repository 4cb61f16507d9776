import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connectors } from '../../src/act/crm/registry.ts';
import type { CommandDeps, Output, RegisteredCommand } from '../../src/commands/command.ts';
import { findCommand } from '../../src/commands/registry.ts';
import { createHttp } from '../../src/fetch/http.ts';
import { InputError } from '../../src/lib/errors.ts';
import type { Database } from '../../src/store/db.ts';
import { listPausedEndpoints, pauseEndpoint } from '../../src/store/endpoints.ts';
import { bitrix24 } from '../act/crm/servers/bitrix24.ts';
import { makePeople, type Running, startVendor } from '../act/crm/servers/world.ts';
import { createHandQueue, createTestClock, createWorker, log, SECRET } from '../jobs/worker.ts';
import { countRows } from '../support/rows.ts';
import { openTestPglite, truncate } from '../support/store.ts';

describe('molva crm', () => {
  let db: Database;
  let server: Running;
  let deps: CommandDeps;
  const http = createHttp({ userAgent: 'test', allowPrivate: ['127.0.0.1'] });
  beforeAll(async () => {
    db = await openTestPglite();
  });
  afterAll(() => Promise.all([db.close(), http.close()]));
  beforeEach(async () => {
    await truncate(db);
    const clock = createTestClock();
    server = await startVendor(bitrix24, clock);
    server.people = makePeople(bitrix24, 12, clock.now());
    const connect = (kind: string, settings: unknown) =>
      connectors.find((one) => one.kind === kind)!.connect(settings, { http, clock, folder: 'no files' });
    const hook = connect('webhook', { url: 'https://hook.example/', secrets: [SECRET] });
    const crms = new Map([
      ['b24', connect('bitrix24', server.settings)],
      ['hook', hook],
    ]);
    const plan = { pulls: ['customers', 'purchases'] as const, pullEveryMs: 1000, statusEveryMs: 1000 };
    const jobs = await createWorker(db, {
      queue: createHandQueue().queue,
      clock,
      changes: {
        delivery: { db, clock, log, crms, mailer: null, dashboardUrl: 'http://m' },
        crmPlans: [
          { key: 'b24', kind: 'bitrix24', ...plan },
          { key: 'hook', kind: 'webhook', ...plan, pulls: [] },
        ],
      },
    });
    deps = { jobs, inServer: true } as unknown as CommandDeps;
    return () => server.close();
  });

  async function run(name: string, args: string[] = [], options: Record<string, unknown> = {}) {
    const command = (await findCommand(name)) as RegisteredCommand;
    const data: unknown[] = [];
    let text = '';
    const out: Output = {
      data: (value, words) => {
        data.push(value);
        text += `${words}\n`;
      },
      message: () => undefined,
    };
    const code = await command.run(deps, command.read(args, options), out);
    return { code, data, text };
  }

  it('lists CRMs with what holds them up', async () => {
    await pauseEndpoint(db, 'b24', 'the key is wrong', new Date());
    const { text } = await run('crm list');
    expect(text).toContain('b24\tbitrix24\tpaused, 0 waiting: the key is wrong');
    expect(text).toContain('hook\twebhook\tworks');
  });

  it('checks and discovers', async () => {
    expect((await run('crm check', ['b24'])).text).toContain('as Ольга Ким');
    expect((await run('crm discover', ['b24'])).text).toContain('stage IN_PROCESS');
  });

  it('previews without sending, and shows no secret', async () => {
    const { text } = await run('crm preview', ['b24'], { customer: '5' });
    expect(text).toContain('would send\tPOST /crm.item.add');
    expect(text).toMatch(/"contactIds": \[\s*5\s*\]/);
    expect(text).not.toContain(bitrix24.secrets[0]);
    expect(server.cases).toEqual([]);
  });

  it('pulls, and again only what is new', async () => {
    const { text } = await run('crm pull', ['b24']);
    expect(text).toContain('customers: 12 taken in, 12 of them new, 0 left out');
    expect(await countRows(db, 'customers')).toBe(12);
    expect((await run('crm list')).text).toContain('customers: 12 taken in');
  });

  it('resumes when the CRM lets us in', async () => {
    await pauseEndpoint(db, 'b24', 'x', new Date());
    server.fail('401');
    await expect(run('crm resume', ['b24'])).rejects.toMatchObject({ code: 'credentials' });
    expect(await listPausedEndpoints(db)).toHaveLength(1);
    expect((await run('crm resume', ['b24'])).text).toContain('b24 goes on');
    expect(await listPausedEndpoints(db)).toEqual([]);
  });

  it.each([
    ['crm check', 'nope', 'known: b24, hook'],
    ['crm check', 'hook', 'cannot do this'],
    ['crm pull', 'hook', 'brings no customers'],
  ])('%s %s says what is wrong', async (name, key, words) => {
    const error = await run(name, [key]).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(InputError);
    expect(error.message).toContain(words);
  });
});
