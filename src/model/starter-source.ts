import type { Language } from './user.ts';

/** What a company deals in, as far as it decides where it is spoken of. */
export const TRADES = ['shop', 'bank', 'telecom', 'food', 'travel', 'tech', 'city'] as const;
export type Trade = (typeof TRADES)[number];

/** A public place worth watching from the first day. */
export interface StarterSource {
  key: string;
  kind: string;
  url: string;
  name: string;
  language: Language;
  /** Empty: worth it for every trade. */
  trades: readonly Trade[];
}
