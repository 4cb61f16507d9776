import type { Language } from './user.ts';

/** What an item of a site told by selectors may say, in the order in which people are asked for it. */
export const SELECTOR_FIELDS = [
  'text',
  'title',
  'author',
  'date',
  'permalink',
  'rating',
  'profile',
  'id',
] as const;

export type SelectorField = (typeof SELECTOR_FIELDS)[number];
export type SelectorPlace = 'item' | 'link' | 'next' | SelectorField;

/** Selectors as somebody is writing them: as the settings of the kind `selectors`, perhaps incomplete or wrong. */
export interface SelectorDraft {
  list: { [Place in 'item' | 'link' | 'next']?: string | undefined };
  fields: { [Field in SelectorField]?: string | undefined };
  on: 'list' | 'page';
  /** The site's clock in minutes east of UTC. */
  zone: number;
}

/** Why a selector cannot be read. */
export interface SelectorMistake {
  code: string;
  /** From 1, in UTF-16 units of the selector as it was written. */
  at: number;
  message: Record<Language, string>;
}

export type PlaceProblem =
  /** It finds nothing anywhere. */
  | 'nothing'
  /** What it finds has no words. */
  | 'empty'
  | 'no-date'
  | 'no-address'
  | 'no-rating'
  /** Some items lack their text. */
  | 'some-empty'
  /** Several items have the same, though it is to name them. */
  | 'repeated'
  /** An XPath within an item that begins at the page's top. */
  | 'whole-page'
  | 'slow';

/** How one selector does. */
export interface PlaceReport {
  place: SelectorPlace;
  /** Things that it found, in all items together. */
  matches: number;
  /** Of `of` items (or pages, for `item` and `next`), those in which it says something that can be used. */
  filled: number;
  of: number;
  /** The first thing found, cut to 200 characters. */
  example?: string;
  mistake?: SelectorMistake;
  problem?: PlaceProblem;
}

/** An item as it would be collected; texts are cut. */
export interface SelectedItem {
  title?: string;
  text: string;
  author?: string;
  publishedAt?: Date;
  url?: string;
  rating?: { value: number; best: number };
}

export type PreviewProblem =
  | 'text-needed'
  | 'link-needed'
  | 'no-items'
  | 'no-links'
  /** There are items, and none has words. */
  | 'no-words'
  | 'no-reviews';

/** What selectors find on a page. */
export interface SelectorPreview {
  /** The first twenty. */
  items: SelectedItem[];
  /** Items on the page, those without words included; `on: page`: links to items. */
  found: number;
  /** Of the first 500 of them, those that would be collected. */
  collected: number;
  /** `on: page`: the first twenty addresses that would be read. */
  links: string[];
  next?: string;
  /** The first item's markup, cut to 4,000 characters. */
  markup?: string;
  /** Of those that were written. */
  places: PlaceReport[];
  problems: PreviewProblem[];
}

/** Somebody looks at a page with selectors. */
export interface SelectorQuestion {
  /** Who asks; people do not wait for each other. */
  owner: string;
  address: string;
  draft: SelectorDraft;
  /** Begin with what the page suggests. */
  suggest?: boolean;
  /** Read the page again. */
  again?: boolean;
}

/** A page that was looked at with selectors, or why it could not be: `code` as in `SourceError`. */
export type SelectorLook =
  | {
      /** In full, as it was asked for. */
      address: string;
      readAt: Date;
      /** The page's own. */
      title?: string;
      /** The selectors that were tried: those asked for, or those that the page suggests. */
      draft: SelectorDraft;
      isSuggested: boolean;
      preview: SelectorPreview;
      /** `on: page`: what stands behind the first link. */
      sample?: string;
      /** The page behind the first link could not be read. */
      trouble?: { code: string; message: string };
    }
  | { address: string; trouble: { code: string; message: string } };
