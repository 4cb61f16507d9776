import { hasBrowser } from '../fetch/browser-launch.ts';
import { drawPng } from '../fetch/browser-png.ts';
import type { JobDeps } from './deps.ts';

export interface ChartPictures {
  /** There is a browser that can make them; looked for once. */
  hasBrowser(): Promise<boolean>;
  /** @throws PermanentError `no-browser` with what to install */
  png(picture: { svg: string; width: number; height: number }): Promise<Uint8Array>;
}

/** One browser at a time, whoever asks. `executablePath`: where one is named. */
export function createChartPictures(
  { log }: Pick<JobDeps, 'log'>,
  executablePath: string | undefined,
): ChartPictures {
  let last: Promise<unknown> = Promise.resolve();
  let found: Promise<boolean> | undefined;
  return {
    hasBrowser: () => {
      found ??= hasBrowser(executablePath);
      return found;
    },
    png: (picture) => {
      const mine = last.then(() => drawPng(picture, { executablePath, log }));
      last = mine.catch(() => undefined);
      return mine;
    },
  };
}
