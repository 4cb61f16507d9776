import type { Query, QueryNode } from './ast.ts';

/** The query in canonical spelling: operators written out, parentheses around every inner group. */
export function formatQuery(query: Query): string {
  return formatNode(query.root);
}

export function formatNode(node: QueryNode): string {
  switch (node.type) {
    case 'word':
      return node.text;
    case 'exact':
      return `=${quote(node.text)}`;
    case 'phrase':
      return quote(node.text);
    case 'prefix':
      return `${node.text}*`;
    case 'not':
      return `NOT ${formatInner(node.item)}`;
    case 'and':
      return node.items.map(formatInner).join(' AND ');
    case 'or':
      return node.items.map(formatInner).join(' OR ');
    case 'field':
      return `${node.field}:${node.item.type === 'not' ? `(${formatNode(node.item)})` : formatInner(node.item)}`;
    case 'site':
    case 'lang':
      return `${node.type}:${node.value}`;
  }
}

function formatInner(node: QueryNode): string {
  return node.type === 'and' || node.type === 'or' ? `(${formatNode(node)})` : formatNode(node);
}

/** In the first pair of quotation marks that the text does not close itself. */
function quote(text: string): string {
  if (!text.includes('"')) return `"${text}"`;
  return text.includes('»') ? `“${text}”` : `«${text}»`;
}
