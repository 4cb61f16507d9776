import { Readability } from '@mozilla/readability';
import type { DomDocument, DomElement } from './dom.ts';
import { dropLinkLists } from './link-density.ts';
import { plainText } from './plain-text.ts';

/** Short news have 300 characters; below that Readability tries again with fewer rules. */
const CHAR_THRESHOLD = 250;
/** Readability's FLAG_STRIP_UNLIKELYS and FLAG_WEIGHT_CLASSES, without FLAG_CLEAN_CONDITIONALLY. */
const FLAGS = 0x1 | 0x2;

interface Found {
  text: string;
  /** Readability's copy of the article's tree. */
  root: DomElement;
}

/**
 * The main text as Readability finds it. Its last cleaning is left out: it takes lists, quotations and tables along, and
 * there is no option for that, only the field. Uses the document up: hand it a clone.
 */
export function readByReadability(document: DomDocument): Found | undefined {
  const reader = new Readability<DomElement>(document as never, {
    charThreshold: CHAR_THRESHOLD,
    serializer: (node: unknown) => node as DomElement,
  });
  Object.assign(reader, { _flags: FLAGS });
  try {
    const root = reader.parse()?.content;
    if (!root) return undefined;
    dropLinkLists(root);
    return { text: plainText(root), root };
  } catch {
    // Readability throws on trees that browsers do not make; the other ways remain.
    return undefined;
  }
}
