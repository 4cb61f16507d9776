import type { Viewer } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import type { TextKey } from '../texts.ts';
import type { Ask } from './ask.ts';
import type { Side } from './side.ts';

/** How a mark looks: a tone, the colour of a topic, or the usual one. */
export type Look = 'accent' | 'others' | 'negative' | 'neutral' | 'positive' | 'unsure' | `hue-${number}`;

/** A part of a bar, from zero. */
export interface Part {
  look: Look;
  value: number;
  /** What it says: `22 November: 12 mentions`. */
  words: string;
  href: string;
}

export interface Column {
  /** Short, for the axis. */
  name: string;
  /** One upon the other. null: of this time nothing can be known yet. */
  parts: readonly Part[] | null;
  /** What it is compared with. */
  before: number | null;
}

export interface Bar {
  name: string;
  /** Beside the bar. */
  said: string;
  /** One behind the other. */
  parts: readonly Part[];
  before: number | null;
}

export type Drawing =
  | { kind: 'columns'; columns: readonly Column[]; legend: readonly { look: Look; name: string }[] }
  | { kind: 'bars'; bars: readonly Bar[]; legend: readonly { look: Look; name: string }[] }
  | {
      kind: 'heat';
      days: readonly string[];
      hours: readonly string[];
      /** By hour, then by weekday. */
      cells: readonly (readonly { posts: number; words: string; href: string }[])[];
    };

export interface FigureRow {
  cells: readonly (string | number)[];
  /** Of the first cell. */
  href?: string;
  /** What programs read in place of the first cell: `2026-11-22`. */
  key?: string;
}

/** What a block has to say, whichever way it is shown: on the page, as a table, as a picture. */
export interface Figure {
  /** What is to be seen, in a sentence; null: nothing stands out. */
  finding: string | null;
  /** How it was counted, or why it says little. */
  notes: readonly string[];
  head: readonly string[];
  rows: readonly FigureRow[];
  /** null: the table says it all. */
  drawing: Drawing | null;
  /** Where more of it is. */
  more?: { href: string; words: string };
}

export interface BlockAsk {
  deps: DashboardDeps;
  viewer: Viewer;
  ask: Ask;
  own: Side;
  other: Side | null;
  /** When the first post that is known was written: of the time before it there are gaps, not zeros. null: there is none. */
  since: Date | null;
}

/** One block of the page: its file, and one line in `registry.ts`. */
export interface Block {
  /** In addresses and names of files. */
  key: string;
  title: TextKey;
  /** Takes seconds: it comes when it is asked for. */
  isSlow?(ask: Ask): boolean;
  /** It stands below what one sees first: it comes when one scrolls to it, so that the page is quick. */
  isLow?: true;
  /** null: it has nothing to say in this state, and is left out. */
  read(asked: BlockAsk): Promise<Figure | null>;
}

const HUES = 8;

/** The same colour for the same topic on every page, for as long as there is the topic. */
export function hueOf({ id }: { id: number }): Look {
  return `hue-${id % HUES}`;
}
