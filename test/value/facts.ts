import type { PurchaseFact } from '../../src/value/history.ts';
import { type History, toHistory } from '../../src/value/history.ts';

export const NOW = new Date('2026-11-22T09:00:00Z');
export const DAY_MS = 86_400_000;

export const daysAgo = (days: number): Date => new Date(NOW.getTime() - days * DAY_MS);

export function bought(days: number, changes: Partial<PurchaseFact> = {}): PurchaseFact {
  return { at: daysAgo(days), amount: 1000, currency: 'RUB', item: 'Чай', channel: null, ...changes };
}

/** Bought on these days before now. */
export function historyOf(...days: number[]): History {
  return toHistory(
    days.map((day) => bought(day)),
    NOW,
  )!;
}
