import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addApiToken } from '../../../src/store/api-tokens.ts';
import { NOW, openDashboard, type TestDashboard } from '../dashboard.ts';
import { seedStory } from '../seed.ts';

const run = promisify(execFile);
const page = readFileSync(new URL('../../../docs/api.md', import.meta.url), 'utf8');
/** Each command of the page by itself; lines that go on belong together. */
const commands = [...page.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block = '']) =>
  block.trim().split(/(?<!\\)\n/),
);

let dashboard: TestDashboard;
let server: Server;
let env: Record<string, string>;
beforeAll(async () => {
  dashboard = await openDashboard();
  await seedStory(dashboard.db, 'plain', (field) => (field === 'text' ? 'I want a refund' : `some ${field}`));
  // As the page makes it.
  const scopes = /--scope ([\w:,]+)/.exec(page)![1]!.split(',') as never;
  const token = (await addApiToken(dashboard.db, 'robot', scopes, NOW))!;
  server = createServer(dashboard.app).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  env = { PATH: process.env.PATH ?? '', MOLVA: `http://127.0.0.1:${port}`, TOKEN: token };
});
afterAll(() => server.close());

it('has examples', () => {
  expect(commands.length).toBeGreaterThan(3);
});

it.each(commands)('works as it is written: %s', async (command) => {
  const { stdout } = await run('sh', ['-euc', command], { env });
  const answer = JSON.parse(stdout) as { data?: object[]; status?: string };
  if (answer.data) expect(answer.data.length).toBeGreaterThan(0);
  else expect(answer.status).toBe('in_work');
});
