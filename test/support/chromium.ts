import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright';

const USUAL = '/usr/bin/chromium';

/** Path of a Chromium: PLAYWRIGHT_CHROMIUM_PATH, the system's, or Playwright's own. null: there is none. */
export function findChromium(): string | null {
  const named = process.env.PLAYWRIGHT_CHROMIUM_PATH;
  // A path that somebody named and that is wrong must be seen, not passed over.
  if (named) return named;
  return [USUAL, chromium.executablePath()].find((path) => existsSync(path)) ?? null;
}

/** Without its own errands into the internet; without the sandbox, which root cannot have. */
export function launchChromium(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    chromiumSandbox: false,
    args: [
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
}
