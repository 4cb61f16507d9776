import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoConfig } from '../../demo/config.ts';
import { startDemoCrm } from '../../demo/crm.ts';
import { demoCustomersCsv } from '../../demo/customers.ts';
import { startMailbox } from '../../demo/mailbox.ts';
import type { ReceivedEvent } from '../../demo/pages/crm.ts';
import { startWorld } from '../../demo/world.ts';
import { prepareDataFolder } from '../support/pglite-template.ts';

/** A test that failed may have left the program's child behind. */
export function killMeilisearch(folder: string): void {
  const file = join(folder, 'meilisearch', 'pid');
  if (!existsSync(file)) return;
  try {
    process.kill(Number.parseInt(readFileSync(file, 'utf8'), 10), 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/** The sample world, a CRM and a mail server that outlive the program, and a configuration that points at them. */
export async function makeInstallation() {
  const folder = mkdtempSync(join(tmpdir(), 'molva-app-'));
  prepareDataFolder(folder);
  const secret = `whsec_${randomBytes(32).toString('base64')}`;
  const world = await startWorld({ port: 0, now: new Date(), slowMs: 500 });
  const crm = await startDemoCrm({ port: 0, secret });
  const mailbox = await startMailbox({ smtpPort: 0, httpPort: 0 });
  writeFileSync(join(folder, 'customers.csv'), demoCustomersCsv(new URL(world.url).host));
  writeFileSync(join(folder, 'purchases.jsonl'), '');
  const config = join(folder, 'app.yaml');
  const yaml = demoConfig({
    folder,
    port: 0,
    world: world.url,
    crmUrl: `${crm.url}/hooks/molva`,
    crmSecret: secret,
    smtpUrl: mailbox.smtpUrl,
    digestAt: '00:00',
    zone: 'UTC',
  });
  writeFileSync(config, yaml);
  const close = async (): Promise<void> => {
    await Promise.allSettled([world.close(), crm.close(), mailbox.close()]);
    killMeilisearch(folder);
    rmSync(folder, { recursive: true, force: true });
  };
  return { folder, config, world, crm, mailbox, close };
}

/** Numbers of the cases that the CRM was told are open; what it was told of their later posts is left out. */
export function openedCases(received: readonly ReceivedEvent[]): number[] {
  const events = received.map(({ body }) => body as { type: string; data: { case: { id: number } } });
  return events.filter(({ type }) => type === 'complaint.detected').map(({ data }) => data.case.id);
}
