import type { Document } from '../../model/document.ts';

/** Of an announcement the title is half of what it says. */
const BRIEF = 200;

/** What is compared of a document. */
export function comparedText({ title, text }: Pick<Document, 'title' | 'text'>): string {
  return title !== null && text.length < BRIEF ? `${title}\n${text}` : text;
}
