/** Why a line of a list of subscriptions was not taken, or counts as known. */
export const OPML_REASONS = [
  'repeated',
  'scheme',
  'address',
  'private',
  'port',
  'credentials',
  'kind',
] as const;
export type OpmlReason = (typeof OPML_REASONS)[number];

/** What became of one line. */
export interface OpmlLine {
  name: string;
  /** As it was written when it is no address. */
  url: string;
  outcome: 'added' | 'known' | 'refused';
  /** Of the source, where it is one. */
  key?: string;
  reason?: OpmlReason;
  /** In English, for logs and the command line. */
  message?: string;
}

/** What became of a whole list. */
export interface OpmlImport {
  lines: OpmlLine[];
  added: number;
  known: number;
  refused: number;
  /** When the last of the added ones is read for the first time; null: none was added. */
  lastVisitAt: Date | null;
}
