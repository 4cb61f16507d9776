import { domainToASCII } from 'node:url';
import { foldWord, visibleForm } from '../lib/fold.ts';
import { type Token, tokenize } from '../lib/tokens.ts';
import type { Morphology } from '../model/ports.ts';
import type { Query, QueryNode, Scope } from './ast.ts';
import { joinedLemmas, slotLemmas } from './document.ts';

/** One word, phrase, prefix or exact form, with everything looked up that does not depend on a document. */
export type Leaf =
  | {
      kind: 'words';
      /** Per slot: the lemmas of which one must stand there. */
      steps: readonly (readonly string[])[];
      /** Lemmas of a hyphenated word written as one; empty for all else. */
      joined: readonly string[];
    }
  | { kind: 'prefix'; prefix: string }
  | {
      kind: 'exact';
      /** As written, blanks made alike, without invisible characters. */
      value: string;
      /** Folded words of its slots. */
      words: readonly string[];
      /** First lemma of the first slot. */
      lemma: string;
      /** Units of `value` before its first slot and after its last one. */
      lead: number;
      tail: number;
    };

export type Plan =
  | { op: 'leaf'; leaf: Leaf; scope: Scope }
  | { op: 'not'; item: Plan }
  | { op: 'and' | 'or'; items: readonly Plan[] }
  | { op: 'site'; site: string }
  | { op: 'lang'; language: string };

/** Turns words into lemmas once, for use on many documents. */
export function compileQuery(query: Query, morphology: Morphology): Plan {
  return compileNode(query.root, 'any', morphology);
}

function compileNode(node: QueryNode, scope: Scope, morphology: Morphology): Plan {
  switch (node.type) {
    case 'and':
    case 'or':
      return { op: node.type, items: node.items.map((item) => compileNode(item, scope, morphology)) };
    case 'not':
      return { op: 'not', item: compileNode(node.item, scope, morphology) };
    case 'field':
      return compileNode(node.item, node.field, morphology);
    case 'site':
      return { op: 'site', site: plainHost(node.value) };
    case 'lang':
      return { op: 'lang', language: node.value };
    default:
      return { op: 'leaf', leaf: compileLeaf(node.type, node.text, morphology), scope };
  }
}

/** Lower case, punycode as letters are not compared, no leading `www.`. */
export function plainHost(host: string): string {
  const lower = host.toLowerCase();
  return (domainToASCII(lower) || lower).replace(/^www\./, '');
}

export function compileLeaf(
  type: 'word' | 'phrase' | 'prefix' | 'exact',
  text: string,
  morphology: Morphology,
): Leaf {
  if (type === 'prefix') return { kind: 'prefix', prefix: foldWord(text) };
  if (type === 'exact') return compileExact(text, morphology);
  const tokens = tokenize(text);
  const only = tokens.length === 1 ? tokens[0] : undefined;
  return {
    kind: 'words',
    steps: tokens.flatMap((token) => tokenSteps(token, morphology)),
    joined: only === undefined ? [] : joinedLemmas(only, morphology),
  };
}

function tokenSteps(token: Token, morphology: Morphology): (readonly string[])[] {
  if (token.kind === 'tag') return [slotLemmas(token, morphology).filter((lemma) => lemma.startsWith('#'))];
  if (token.parts.length === 0) return [slotLemmas(token, morphology)];
  return token.parts.map((part) => morphology.lemmas(part.word));
}

function compileExact(text: string, morphology: Morphology): Leaf {
  const value = visibleForm(text).replace(/\s+/g, ' ').trim();
  const tokens = tokenize(value);
  const slots = tokens.flatMap((token) => (token.parts.length > 0 ? token.parts : [token]));
  const first = tokens[0];
  return {
    kind: 'exact',
    value,
    words: slots.map((slot) => slot.word),
    lemma: (first && tokenSteps(first, morphology)[0]?.[0]) ?? '',
    lead: slots[0]?.start ?? 0,
    tail: value.length - (slots.at(-1)?.end ?? 0),
  };
}
