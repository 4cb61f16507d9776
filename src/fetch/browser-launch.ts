import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Browser } from 'playwright';
import { errorMessage, PermanentError } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';

const REMEDY =
  'Install Chromium (Debian: apt-get install chromium; elsewhere: npx playwright install chromium), or name its file in PLAYWRIGHT_CHROMIUM_PATH or crawl.browser.executable.';

/**
 * The browser has no way out of its own: every request of a page is answered by us, and if one ever slipped by, it would
 * meet a proxy that is not there (for loopback addresses too), no names, no QUIC and no UDP of WebRTC.
 */
const NO_WAY_OUT = [
  '--proxy-server=http://127.0.0.1:9',
  '--proxy-bypass-list=<-loopback>',
  '--host-resolver-rules=MAP * ~NOTFOUND',
  '--disable-quic',
  '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
  '--webrtc-ip-handling-policy=disable_non_proxied_udp',
  '--dns-prefetch-disable',
];

const QUIET = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-gpu',
  '--no-first-run',
  '--mute-audio',
  // A page's program that wants more is ended by the engine, not by the machine.
  '--js-flags=--max-old-space-size=256',
];

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function onPath(): string[] {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.flatMap((folder) => ['chromium', 'chromium-browser'].map((name) => join(folder, name)));
}

/** A path that somebody named is not replaced by another when it is wrong. */
function findExecutable(named: string | undefined, own: string): string {
  const wanted = named ?? process.env.PLAYWRIGHT_CHROMIUM_PATH;
  const found = wanted
    ? [wanted].find(isExecutable)
    : ['/usr/bin/chromium', ...onPath(), own].find((file) => existsSync(file) && isExecutable(file));
  if (found) return found;
  const what = wanted ? `There is no program at ${wanted}.` : 'The page needs a browser, and there is none.';
  throw new PermanentError('no-browser', `${what} ${REMEDY}`);
}

/** There is one, as far as its file tells. */
export async function hasBrowser(named: string | undefined): Promise<boolean> {
  const { chromium } = await import('playwright');
  try {
    return findExecutable(named, chromium.executablePath()) !== '';
  } catch {
    return false;
  }
}

/** @throws PermanentError `no-browser` with what to install */
export async function launchBrowser(named: string | undefined, log: Log | undefined): Promise<Browser> {
  // Loaded only when it is needed: it costs a fifth of a second and 30 MB.
  const { chromium } = await import('playwright');
  const executablePath = findExecutable(named, chromium.executablePath());
  // Root cannot have Chromium's sandbox.
  const isRoot = process.getuid?.() === 0;
  if (isRoot)
    log?.warn({}, 'the browser runs without its sandbox, because we run as root: use another account');
  try {
    return await chromium.launch({
      executablePath,
      chromiumSandbox: !isRoot,
      args: [...NO_WAY_OUT, ...QUIET],
      timeout: 30_000,
    });
  } catch (error) {
    const reason = errorMessage(error).split('\n')[0] ?? '';
    throw new PermanentError('no-browser', `The browser does not start (${reason}). ${REMEDY}`, error);
  }
}

function ownMemory(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    // Pages that processes share would be counted once for each.
    return [...status.matchAll(/^Rss(?:Anon|Shmem):\s+(\d+) kB$/gm)].reduce(
      (sum, [, kB]) => sum + Number(kB) * 1024,
      0,
    );
  } catch {
    // Ended meanwhile, or no Linux.
    return 0;
  }
}

/** Bytes that the browser's processes hold for themselves; 0 where that cannot be told. */
export async function browserMemory(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  try {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    return processInfo.reduce((sum, { id }) => sum + ownMemory(id), 0);
  } finally {
    await session.detach().catch(() => undefined);
  }
}
