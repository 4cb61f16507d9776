import type { Shown } from './shape.ts';
import type { Wording } from './wording.ts';

/** Blocks of a text mail, the empty ones left out. */
export function joined(blocks: readonly string[]): string {
  return `${blocks.filter((part) => part !== '').join('\n\n')}\n`;
}

/** A heading, with hints in lines after it, and its rows; nothing without rows. */
export function block<Row>(
  words: Wording,
  title: string,
  { items, left }: Shown<Row>,
  draw: (row: Row, place: number) => string[],
): string {
  if (items.length === 0) return '';
  const drawn = items.map((row, place) => draw(row, place).filter(Boolean).join('\n'));
  const more = left > 0 ? [words.say('more', { count: words.number(left) })] : [];
  const [heading = '', ...hints] = title.split('\n');
  return [[heading.toLocaleUpperCase(words.language), ...hints].join('\n'), ...drawn, ...more].join('\n\n');
}

export function linkLine(label: string, url: string, indent = '  '): string {
  const plain = plainUrl(url);
  return plain === '' ? '' : `${indent}${label}: ${plain}`;
}

/** An http(s) address without spaces and line breaks, or nothing. */
export function plainUrl(url: string): string {
  return /^https?:\/\//i.test(url) && URL.canParse(url) ? new URL(url).href : '';
}
