import type { NodeOf, Query, QueryNode, TermNode } from './ast.ts';
import { OPERATORS } from './operators.ts';
import { quote } from './quote.ts';
import { writeValue } from './values.ts';

/** The query in canonical spelling: operators written out, parentheses around every inner group. */
export function formatQuery(query: Query): string {
  return formatNode(query.root);
}

export function formatNode(node: QueryNode): string {
  switch (node.type) {
    case 'not':
      return `NOT ${inner(node.item)}`;
    case 'and':
      return node.items.map(inner).join(' AND ');
    case 'or':
      return node.items.map(inner).join(' OR ');
    case 'near':
    case 'sentence':
    case 'not-near':
      return `${inner(node.left)} ${operatorOf(node)} ${inner(node.right)}`;
    case 'field':
      return `${node.field}:${node.item.type === 'not' ? `(${formatNode(node.item)})` : inner(node.item)}`;
    case 'value':
      return formatValue(node);
    case 'saved':
      return `saved:${quote(node.name)}`;
    default:
      return formatTerm(node);
  }
}

function formatTerm(node: TermNode): string {
  switch (node.type) {
    case 'word':
      return node.text;
    case 'exact':
      return `=${quote(node.text)}`;
    case 'phrase':
      return quote(node.text) + (node.slack > 0 ? `~${node.slack}` : '');
    case 'prefix':
      return `${node.text}*`;
    case 'typo':
      return `${node.text}~${node.errors}`;
  }
}

function operatorOf(node: NodeOf<'near' | 'sentence' | 'not-near'>): string {
  if (node.type === 'sentence') return OPERATORS.sentence.name;
  const { name } = OPERATORS[node.type === 'near' && node.ordered ? 'onear' : node.type];
  return `${name}/${node.distance}`;
}

function formatValue({ field, value }: NodeOf<'value'>): string {
  const towards = value.kind === 'name' && value.towards !== null ? `(${value.towards})` : '';
  return `${field}${towards}:${writeValue(value)}`;
}

/** With parentheses unless it stands for itself. */
function inner(node: QueryNode): string {
  const isJoined = ['and', 'or', 'near', 'sentence', 'not-near'].includes(node.type);
  return isJoined ? `(${formatNode(node)})` : formatNode(node);
}
