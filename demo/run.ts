import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { loadConfig } from '../config/load.ts';
import { nextDigestAt } from '../src/act/digest/schedule.ts';
import { scheduleOf } from '../src/act/digest/send.ts';
import { APP_ROLES } from '../src/app/roles.ts';
import type { App } from '../src/app/start.ts';
import { ConfigError } from '../src/lib/errors.ts';
import { createLog } from '../src/lib/log.ts';
import { localTime } from '../src/lib/zone.ts';
import type { Db } from '../src/store/db.ts';
import { listRecipients, syncRecipients } from '../src/store/digests.ts';
import { demoConfig } from './config.ts';
import { startDemoCrm } from './crm.ts';
import { demoCustomersCsv, demoPurchasesJsonl } from './customers.ts';
import { startMailbox } from './mailbox.ts';
import { type Progress, readProgress, showProgress } from './progress.ts';
import { startWorld } from './world.ts';

interface DemoOptions {
  folder: string;
  port: number;
  /** Ends when the story has been told, or fails after four minutes. */
  once: boolean;
  say(text: string): void;
  stopped: Promise<unknown>;
}

const MARKER = 'this-is-a-demo';
const STORY_LIMIT_MS = 240_000;
const MINUTE_MS = 60_000;
/** Until its time is set the digest must not come: no story takes as long. */
const LATER_MS = 12 * 60 * MINUTE_MS;
const ZONE = 'Europe/Moscow';

/** An empty folder, or one that an earlier demo left. Throws ConfigError rather than touching anything else. */
function prepareFolder(folder: string): string {
  const path = resolve(folder);
  if (existsSync(path) && readdirSync(path).length > 0 && !existsSync(join(path, MARKER))) {
    throw new ConfigError(
      `${path} is not empty and not from a demo. Give the demo another folder: molva demo --data FOLDER.`,
    );
  }
  rmSync(path, { recursive: true, force: true });
  mkdirSync(path, { recursive: true, mode: 0o700 });
  writeFileSync(join(path, MARKER), '');
  return path;
}

/** The first full minute after `ms`, as the clock in ZONE shows it. */
function clockAfter(ms: number): string {
  const { hour, minute } = localTime(new Date((Math.floor(ms / MINUTE_MS) + 1) * MINUTE_MS), ZONE);
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

/** The digest goes out at the next minute: how long a machine crawls is not known before, and it must tell of the case. */
async function callForDigest(db: Db): Promise<void> {
  const now = new Date();
  const recipients = (await listRecipients(db)).map((recipient) => {
    const sendAt = clockAfter(now.getTime());
    return { ...recipient, sendAt, nextRunAt: nextDigestAt({ ...scheduleOf(recipient), at: sendAt }, now) };
  });
  await db.transaction((tx) => syncRecipients(tx, recipients));
}

async function openSurroundings(folder: string) {
  const secret = `whsec_${randomBytes(32).toString('base64')}`;
  const world = await startWorld({ port: 0, now: new Date() });
  const crm = await startDemoCrm({ port: 0, secret });
  const mailbox = await startMailbox({ smtpPort: 0, httpPort: 0 });
  const site = new URL(world.url).host;
  writeFileSync(join(folder, 'customers.csv'), demoCustomersCsv(site));
  writeFileSync(join(folder, 'purchases.jsonl'), demoPurchasesJsonl(site, new Date()));
  const close = async (): Promise<void> =>
    void (await Promise.allSettled([world.close(), crm.close(), mailbox.close()]));
  return { secret, world, crm, mailbox, close };
}

type Surroundings = Awaited<ReturnType<typeof openSurroundings>>;

function writeConfig(folder: string, port: number, { world, crm, mailbox, secret }: Surroundings): string {
  const file = join(folder, 'app.yaml');
  const crmUrl = `${crm.url}/hooks/molva`;
  writeFileSync(
    file,
    demoConfig({
      folder,
      port,
      world: world.url,
      crmUrl,
      crmSecret: secret,
      smtpUrl: mailbox.smtpUrl,
      digestAt: clockAfter(Date.now() + LATER_MS),
      zone: ZONE,
    }),
    { mode: 0o600 },
  );
  return file;
}

function isTold(progress: Progress): boolean {
  return (
    progress.documents > 0 &&
    progress.indexed >= progress.documents &&
    progress.heroinesDelivered > 0 &&
    progress.digestsSent > 0
  );
}

/** Shows how the numbers grow; once the CRM has the heroine's case, she complains anew, to be seen live. */
async function tellStory(app: App, around: Surroundings, options: DemoOptions): Promise<boolean> {
  const ends = Date.now() + STORY_LIMIT_MS;
  let stopped = false;
  void options.stopped.then(() => {
    stopped = true;
  });
  let before: Progress | null = null;
  let isPublished = false;
  while (!stopped && Date.now() < ends) {
    const progress = await readProgress(app.parts.jobs.db);
    showProgress(before, progress, options.say);
    before = progress;
    if (!isPublished && progress.heroinesDelivered > 0) {
      isPublished = true;
      await callForDigest(app.parts.jobs.db);
      const url = around.world.publish(new Date());
      options.say(`A known customer has just complained on the forum: ${url}`);
    }
    if (isTold(progress)) return true;
    await new Promise((done) => setTimeout(done, 500));
  }
  return false;
}

function showAddresses(app: App, { world, crm, mailbox }: Surroundings, say: (text: string) => void): void {
  say(`
Look around:
  dashboard        ${app.url}
  first login      ${app.setupUrl ?? '(the administrator has a password already)'}
  the demo CRM     ${crm.url}
  the mailbox      ${mailbox.url}
  the sample world ${world.url}/forum/viewforum.php?f=2
Ctrl+C ends the demo.`);
}

/** `molva demo`: the ordinary program on an empty folder, amid a sample world on loopback. */
export async function runDemo(options: DemoOptions): Promise<0 | 1> {
  const folder = prepareFolder(options.folder);
  options.say(`The demo keeps everything in ${folder}`);
  const around = await openSurroundings(folder);
  try {
    const loaded = loadConfig(writeConfig(folder, options.port, around), {});
    const { startApp } = await import('../src/app/start.ts');
    const app = await startApp(loaded, process.env, createLog('error'), APP_ROLES);
    try {
      showAddresses(app, around, options.say);
      const told = await tellStory(app, around, options);
      options.say(
        told
          ? '\nThe story is told: a complaint is in the CRM, the digest is in the mailbox.'
          : '\nThe story was not finished.',
      );
      if (!options.once) await options.stopped;
      return told ? 0 : 1;
    } finally {
      await app.stop();
    }
  } finally {
    await around.close();
  }
}
