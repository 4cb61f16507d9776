import type { Morphology } from '../model/ports.ts';
import type { ExampleText } from '../model/topic.ts';
import { isTerm, type NodeOf, type Query, type QueryNode, type QueryRange } from './ast.ts';
import type { QueryableDocument } from './document.ts';
import { evaluate, type Verdict } from './evaluate.ts';
import { formatNode } from './format.ts';

/** One reason why a query does not match a document, or why it does. */
export interface Reason {
  code: 'missing' | 'none-of' | 'excluded' | 'apart' | 'too-near' | 'condition' | 'found' | 'context';
  /** The part of the query that decided; null when it was the whole. */
  at: QueryRange | null;
  message: { ru: string; en: string };
}

/** An example held against a query. */
export interface JudgedExample<Example extends ExampleText = ExampleText> {
  example: Example;
  passes: boolean;
  /** Why it fails; empty when it passes. */
  reasons: Reason[];
}

/** An example that a query does not do justice to. */
export interface ExampleFailure<Example extends ExampleText = ExampleText> {
  example: Example;
  reasons: Reason[];
}

const PART_AT_MOST = 120;
const REASONS_AT_MOST = 12;

interface Look {
  document: QueryableDocument;
  verdict(node: QueryNode): Verdict;
}

/** Why a query does not match: the words that are missing, the exclusions that hit, what stands too far apart. */
export function whyNot(query: Query, document: QueryableDocument, morphology: Morphology): Reason[] {
  const look: Look = {
    document,
    verdict: (root) => evaluate({ ...query, root }, document, morphology),
  };
  return blame(look, query.root).slice(0, REASONS_AT_MOST);
}

/** Why a query matches: the words of the document that took part. */
export function whyFound(verdict: Verdict, document: QueryableDocument): Reason {
  const words = foundWords(verdict, document);
  return words === ''
    ? reason(
        'found',
        null,
        'совпали одни условия, без слов текста',
        'only conditions hold, no words of the text took part',
      )
    : reason('found', null, `найдено: ${words}`, `found: ${words}`);
}

function reason(code: Reason['code'], node: QueryNode | null, ru: string, en: string): Reason {
  return { code, at: node?.at ?? null, message: { ru, en } };
}

function blame(look: Look, node: QueryNode): Reason[] {
  if (look.verdict(node).matched) return [];
  switch (node.type) {
    case 'and':
      return node.items.flatMap((item) => blame(look, item));
    case 'or':
      return [noneOf(node)];
    case 'not':
      return [excluded(look, node)];
    case 'field':
      return blameField(look, node);
    case 'near':
    case 'sentence':
    case 'not-near':
      return blamePair(look, node);
    case 'value':
      return [
        reason('condition', node, `условие не выполнено: ${show(node)}`, `does not hold: ${show(node)}`),
      ];
    default:
      return [reason('missing', node, `нет: ${show(node)}`, `missing: ${show(node)}`)];
  }
}

function noneOf(node: QueryNode): Reason {
  return reason('none-of', node, `нет ничего из: ${show(node)}`, `none of: ${show(node)}`);
}

function excluded(look: Look, node: NodeOf<'not'>): Reason {
  const { item } = node;
  const words = foundWords(look.verdict(item), look.document);
  const found = words === '' ? '' : ` (${words})`;
  return reason('excluded', node, `исключено: ${show(item)}${found}`, `excluded by: ${show(item)}${found}`);
}

/** `title:(a b)`: of the words inside, those that the field lacks. */
function blameField(look: Look, node: NodeOf<'field'>): Reason[] {
  const { field, item, at } = node;
  if (item.type !== 'and' && item.type !== 'not') {
    const shown = show(node);
    return [reason('missing', node, `нет: ${shown}`, `missing: ${shown}`)];
  }
  if (item.type === 'not')
    return [excluded(look, { type: 'not', at, item: { type: 'field', field, item: item.item, at } })];
  return item.items.flatMap((part) => blame(look, { type: 'field', field, item: part, at: part.at }));
}

function blamePair(look: Look, node: NodeOf<'near' | 'sentence' | 'not-near'>): Reason[] {
  if (node.type === 'not-near') {
    if (!look.verdict(node.left).matched) return blame(look, node.left);
    const words = foundWords(look.verdict(node.right), look.document);
    const what = `${show(node.left)}: ${show(node.right)} (${words})`;
    return [
      reason(
        'too-near',
        node,
        `рядом стоит исключённое, ${what}`,
        `every one has an exclusion near it, ${what}`,
      ),
    ];
  }
  const missing = [...blame(look, node.left), ...blame(look, node.right)];
  if (missing.length > 0) return missing;
  const [left, right] = [show(node.left), show(node.right)];
  if (node.type === 'sentence')
    return [
      reason(
        'apart',
        node,
        `не в одном предложении: ${left} и ${right}`,
        `not in one sentence: ${left} and ${right}`,
      ),
    ];
  const inOrder = node.ordered ? [' в этом порядке', ' in this order'] : ['', ''];
  return [
    reason(
      'apart',
      node,
      `не ближе ${node.distance} слов${inOrder[0]}: ${left} и ${right}`,
      `not within ${node.distance} words${inOrder[1]}: ${left} and ${right}`,
    ),
  ];
}

function show(node: QueryNode): string {
  const text = isTerm(node) || node.type === 'value' ? formatNode(node) : `(${formatNode(node)})`;
  return cut(text);
}

function cut(text: string): string {
  return text.length <= PART_AT_MOST ? text : `${text.slice(0, PART_AT_MOST - 1).toWellFormed()}…`;
}

/** The words that took part, each once, in the order of the text. */
function foundWords(verdict: Verdict, { title, text }: QueryableDocument): string {
  if (!verdict.matched) return '';
  const words = verdict.spans.map(({ field, start, end }) =>
    ((field === 'title' ? title : text) ?? '').slice(start, end),
  );
  return cut([...new Set(words)].join(', '));
}
