import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { freePort } from '../support/free-port.ts';
import { type MolvaProcess, startMolva } from '../support/molva-process.ts';
import { LIMIT_MS } from './in-browser.ts';

/** The addresses that the demo printed. */
export interface Demo {
  dashboard: string;
  setup: string;
  crm: string;
  mailbox: string;
  /** Resolves when the demo says that its story is told, rejects when it ends before. */
  told(): Promise<unknown>;
}

/** The demo as a user starts it, for all tests of the file that calls this; its addresses are there once the tests run. */
export function useDemo(): Demo {
  const demo = {} as Demo;
  let folder = '';
  let molva: MolvaProcess | undefined;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'molva-e2e-'));
    const port = String(await freePort());
    molva = startMolva(['demo', '--data', join(folder, 'demo'), '--port', port]);
    const { saw } = molva;
    const address = async (name: string): Promise<string> =>
      (await saw(new RegExp(`${name}\\s+(http\\S+)`)))[1] ?? '';
    demo.dashboard = await address('dashboard');
    demo.setup = await address('first login');
    demo.crm = await address('the demo CRM');
    demo.mailbox = await address('the mailbox');
    demo.told = () => saw(/The story is told/);
  }, LIMIT_MS);
  afterAll(async () => {
    molva?.child.kill('SIGTERM');
    await molva?.ended;
    rmSync(folder, { recursive: true, force: true });
  }, LIMIT_MS);
  return demo;
}
