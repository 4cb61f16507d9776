import { readFileSync } from 'node:fs';
import { expect } from 'vitest';

/** They only rise. */
const floors = JSON.parse(readFileSync(new URL('./baseline.json', import.meta.url), 'utf8')) as Record<
  string,
  number
>;

/** `detail`: what to look at when the figure is too low. */
export function expectAtLeast(name: string, figure: number, detail = ''): void {
  const floor = floors[name];
  expect(floor, `no floor for ${name} in baseline.json`).toBeDefined();
  expect(figure, `${name}: ${figure.toFixed(4)} ${detail}`).toBeGreaterThanOrEqual(floor ?? 1);
}
