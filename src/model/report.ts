import type { Language } from './user.ts';

/** weekly, monthly: by somebody's schedule. hand: of any time, for everybody. */
export const REPORT_KINDS = ['weekly', 'monthly', 'hand'] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];

export interface Report {
  id: number;
  kind: ReportKind;
  /** Key of whose it is; null: everybody's. */
  recipient: string | null;
  /** Local date of its end. */
  periodKey: string;
  from: Date;
  to: Date;
  language: Language;
  /** IANA zone. */
  zone: string;
  /** What it is made of, as it was then; its shape stands in act/report/facts.ts. */
  facts: unknown;
  /** Empty after somebody in it was erased: it is then drawn anew from the facts. */
  html: string;
  text: string;
  hasPdf: boolean;
  /** A user's e-mail, or `schedule`. */
  madeBy: string;
  madeAt: Date;
}
