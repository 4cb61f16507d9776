import type { Browser, BrowserContext } from 'playwright';
import type { Log } from '../lib/log.ts';
import { browserMemory, launchBrowser } from './browser-launch.ts';

interface LifeOptions {
  executablePath?: string;
  log?: Log;
  maxMemory?: number;
  idleMs?: number;
  pagesPerLife?: number;
}

export interface BrowserLife {
  /** A running browser, started if there is none. Each one taken is given back. */
  take(): Promise<Browser>;
  giveBack(browser: Browser, context: BrowserContext): Promise<void>;
  /** Has it been ended, by us or by itself? */
  isOver(browser: Browser): boolean;
  close(): Promise<void>;
}

interface Lived {
  browser: Browser;
  /** Pages open now. */
  open: number;
  pages: number;
}

const LOOK_MS = 500;
const CLOSE_MS = 3000;

/** True when it was done in time. A page whose program never ends cannot always be closed. */
async function inTime(task: Promise<unknown>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, ms, false);
  });
  const done = await Promise.race([
    task.then(
      () => true,
      () => true,
    ),
    late,
  ]);
  clearTimeout(timer);
  return done;
}

/** Starts the browser when it is needed, ends it when it is idle, old, too large or cannot be trusted any more. */
export function createBrowserLife(options: LifeOptions): BrowserLife {
  const { maxMemory = 700 * 2 ** 20, idleMs = 60_000, pagesPerLife = 200, log } = options;
  let current: Promise<Lived> | null = null;
  let idle: NodeJS.Timeout | undefined;
  const lives = new Map<Browser, Lived>();
  const watches = new Map<Browser, NodeJS.Timeout>();

  async function end(browser: Browser): Promise<void> {
    clearInterval(watches.get(browser));
    watches.delete(browser);
    lives.delete(browser);
    const held = await current?.catch(() => null);
    if (held?.browser === browser) current = null;
    await inTime(browser.close(), CLOSE_MS);
  }

  async function watch(browser: Browser): Promise<void> {
    const used = await browserMemory(browser).catch(() => 0);
    if (used <= maxMemory || !lives.has(browser)) return;
    log?.warn({ megabytes: Math.round(used / 2 ** 20) }, 'the browser grew too large and is ended');
    await end(browser);
  }

  async function start(): Promise<Lived> {
    const browser = await launchBrowser(options.executablePath, log);
    const lived = { browser, open: 0, pages: 0 };
    lives.set(browser, lived);
    watches.set(browser, setInterval(() => void watch(browser), LOOK_MS).unref());
    browser.on('disconnected', () => void end(browser));
    return lived;
  }

  async function take(): Promise<Browser> {
    clearTimeout(idle);
    current ??= start();
    const starting = current;
    try {
      const lived = await starting;
      lived.open += 1;
      lived.pages += 1;
      return lived.browser;
    } catch (error) {
      if (current === starting) current = null;
      throw error;
    }
  }

  async function giveBack(browser: Browser, context: BrowserContext): Promise<void> {
    const isClosed = await inTime(context.close(), CLOSE_MS);
    const lived = lives.get(browser);
    if (!lived) return;
    lived.open -= 1;
    const isOld = lived.pages >= pagesPerLife && lived.open === 0;
    if (!isClosed || isOld) await end(browser);
    else if (lived.open === 0) idle = setTimeout(() => void end(browser), idleMs).unref();
  }

  return {
    take,
    giveBack,
    isOver: (browser) => !lives.has(browser) || !browser.isConnected(),
    close: async () => {
      clearTimeout(idle);
      await current?.catch(() => undefined);
      await Promise.all([...lives.keys()].map(end));
    },
  };
}
