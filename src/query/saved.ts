import type { Query, QueryIssue, QueryNode, QueryRange } from './ast.ts';
import { nearest } from './fields.ts';
import { makeIssue } from './issues.ts';
import { parseQuery, type QueryUse } from './parse.ts';

/** A query that others can name: by its key or its title, in any case. */
export interface SavedQuery {
  key: string;
  name: string;
  query: string;
}

/** Beyond that many nodes a query that names others, which name others, is a bomb. */
const NODES_AT_MOST = 20_000;

class SavedMistake extends Error {
  readonly issue: QueryIssue;

  constructor(issue: QueryIssue) {
    super(issue.message.en);
    this.issue = issue;
  }
}

interface Filling {
  saved: readonly SavedQuery[];
  use: QueryUse;
  nodes: number;
}

/**
 * The query with those that it names by `saved:` put in place. `self`: key of the query itself, when it is stored. Issues name
 * the place in the outermost query: a name that nothing has, a circle, a named query that cannot be read.
 */
function fillSaved(
  query: Query,
  saved: readonly SavedQuery[],
  use: QueryUse,
  self = '',
): { query: Query } | { issues: readonly QueryIssue[] } {
  const filling: Filling = { saved, use, nodes: 0 };
  try {
    const path = self === '' ? [] : [self];
    const root = fill(filling, query.root, path, (code, node, ...values) => {
      throw new SavedMistake(makeIssue(query.text, code, node.at, ...values));
    });
    return { query: { ...query, root } };
  } catch (error) {
    if (error instanceof SavedMistake) return { issues: [error.issue] };
    throw error;
  }
}

/** Reads a topic's query with everything that it names put in place. */
export function readTopicQuery(
  text: string,
  saved: readonly SavedQuery[],
  self = '',
): { query: Query } | { issues: readonly QueryIssue[] } {
  return readQuery(text, 'topic', saved, self);
}

/** Reads what stands in a search box: the same language, and what would be too broad for a topic. null: nothing is asked. */
export function readSearchQuery(
  text: string,
  saved: readonly SavedQuery[],
): { query: Query | null } | { issues: readonly QueryIssue[] } {
  return text.trim() === '' ? { query: null } : readQuery(text, 'search', saved, '');
}

/** Reads a rule's condition with the topics that it names put in place. */
export function readRuleQuery(
  text: string,
  saved: readonly SavedQuery[],
): { query: Query } | { issues: readonly QueryIssue[] } {
  return readQuery(text, 'rule', saved, '');
}

function readQuery(text: string, use: QueryUse, saved: readonly SavedQuery[], self: string) {
  const parsed = parseQuery(text, use);
  return 'issues' in parsed ? parsed : fillSaved(parsed.query, saved, use, self);
}

type Fail = (code: Parameters<typeof makeIssue>[1], node: QueryNode, ...values: string[]) => never;

function fill(filling: Filling, node: QueryNode, path: readonly string[], fail: Fail): QueryNode {
  filling.nodes += 1;
  if (filling.nodes > NODES_AT_MOST) return fail('saved-too-large', node, String(NODES_AT_MOST));
  const inside = (item: QueryNode): QueryNode => fill(filling, item, path, fail);
  switch (node.type) {
    case 'and':
    case 'or':
      return { ...node, items: node.items.map(inside) };
    case 'not':
    case 'field':
      return { ...node, item: inside(node.item) };
    case 'near':
    case 'sentence':
    case 'not-near':
      return { ...node, left: inside(node.left), right: inside(node.right) };
    case 'saved': {
      const named = find(filling.saved, node.name);
      if (!named) return fail('saved-unknown', node, node.name, suggestion(filling.saved, node.name));
      if (path.includes(named.key)) {
        const circle = [...path.slice(path.indexOf(named.key)), named.key].join(' → ');
        return fail('saved-circle', node, circle);
      }
      const parsed = parseQuery(named.query, filling.use);
      if ('issues' in parsed)
        return fail('saved-broken', node, named.key, parsed.issues[0]?.message.en ?? '');
      // Mistakes further down belong to the name that stands in the outermost query.
      const here: Fail = (code, _inner, ...values) => fail(code, node, ...values);
      return moveTo(fill(filling, parsed.query.root, [...path, named.key], here), node.at);
    }
    default:
      return node;
  }
}

/** All of it stands where its name stands in the query that names it. */
function moveTo(node: QueryNode, at: QueryRange): QueryNode {
  const moved = (item: QueryNode): QueryNode => moveTo(item, at);
  switch (node.type) {
    case 'and':
    case 'or':
      return { ...node, at, items: node.items.map(moved) };
    case 'not':
    case 'field':
      return { ...node, at, item: moved(node.item) };
    case 'near':
    case 'sentence':
    case 'not-near':
      return { ...node, at, left: moved(node.left), right: moved(node.right) };
    default:
      return { ...node, at };
  }
}

function find(saved: readonly SavedQuery[], name: string): SavedQuery | undefined {
  const wanted = name.trim().toLowerCase();
  return (
    saved.find(({ key }) => key.toLowerCase() === wanted) ??
    saved.find((one) => one.name.trim().toLowerCase() === wanted)
  );
}

function suggestion(saved: readonly SavedQuery[], name: string): string {
  const meant = nearest(
    saved.flatMap((one) => [one.key, one.name]),
    name,
  );
  return meant === null ? '' : `→ saved:"${meant}"`;
}
