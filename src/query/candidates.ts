import type { Morphology } from '../model/ports.ts';
import type { Query, Value } from './ast.ts';
import { compileQuery } from './compile.ts';
import { beginningKey, cutKey, KEY_AT_MOST } from './document-keys.ts';
import { aboutTopic, type Facts, plainHost } from './facts.ts';
import { createLeaves } from './leaves.ts';
import type { Leaf, Plan } from './plan.ts';
import { rangeMoments } from './ranges.ts';
import { createVocabulary, type TestId, type Vocabulary } from './vocabulary.ts';
import { lemmaKeys } from './word-keys.ts';

/** What an index holds of a document. `words` and `authorWords` are `documentKeys`. */
export type IndexedField =
  | 'words'
  | 'authorWords'
  | 'site'
  | 'language'
  | 'kind'
  | 'source'
  | 'topic'
  | 'sentiment'
  | 'topicSentiment'
  | 'complaint'
  | 'complaintLevel'
  | 'intent';

/** What an index can be asked. */
export type Condition =
  | { op: 'and' | 'or'; items: readonly Condition[] }
  | { op: 'not'; item: Condition }
  | { op: 'one-of'; field: IndexedField; values: readonly string[] }
  /** Any value of the field begins so. */
  | { op: 'begins'; field: 'words' | 'authorWords'; beginning: string }
  /** Milliseconds since 1970, half-open; infinite where there is no bound. */
  | { op: 'between'; field: 'published' | 'found'; from: number; to: number }
  | { op: 'present'; field: 'complaint' };

export interface Candidates {
  /** Holds of every document that the query matches; null when nothing narrows them. */
  condition: Condition | null;
  /** It holds of no others: the index alone answers. */
  isExact: boolean;
}

/** Who asks, and what names stand for. */
export interface Asker {
  reader: Pick<Facts, 'now' | 'zone' | 'subject'>;
  /** Keys of the sources that have this key or name, in any case. */
  sourceKeys(name: string): readonly string[];
}

const ANY: Candidates = { condition: null, isExact: false };

/** What an index must be asked to find the documents that a query can match. */
export function candidatesOf(query: Query, morphology: Morphology, asker: Asker): Candidates {
  const vocabulary = createVocabulary(morphology);
  return ofPlan(compileQuery(query, createLeaves(vocabulary)), vocabulary, asker);
}

/** Deeper parts are left to the evaluator: indexes refuse conditions of any depth. */
const DEEPEST = 60;

function ofPlan(plan: Plan, vocabulary: Vocabulary, asker: Asker, depth = 0): Candidates {
  if (depth > DEEPEST) return ANY;
  const inside = (item: Plan): Candidates => ofPlan(item, vocabulary, asker, depth + 1);
  switch (plan.op) {
    case 'leaf':
      return ofLeaf(plan.leaf, vocabulary);
    case 'value':
      return ofValue(plan.field, plan.value, asker);
    case 'and':
      return allOf(plan.items.map(inside));
    case 'or':
    case 'any':
      return anyOf(plan.items.map(inside));
    case 'not': {
      const { condition, isExact } = inside(plan.item);
      return isExact && condition ? exact({ op: 'not', item: condition }) : ANY;
    }
    case 'not-near':
      return { ...inside(plan.left), isExact: false };
    default:
      return { ...allOf([inside(plan.left), inside(plan.right)]), isExact: false };
  }
}

function exact(condition: Condition): Candidates {
  return { condition, isExact: true };
}

function allOf(parts: readonly Candidates[]): Candidates {
  const isExact = parts.every((part) => part.isExact);
  const items = parts.flatMap(({ condition }) => condition ?? []);
  if (items.length === 0) return ANY;
  return { condition: items.length === 1 ? (items[0] as Condition) : { op: 'and', items }, isExact };
}

function anyOf(parts: readonly Candidates[]): Candidates {
  const isExact = parts.every((part) => part.isExact);
  const items = parts.flatMap(({ condition }) => condition ?? []);
  if (items.length < parts.length || items.length === 0) return ANY;
  return { condition: items.length === 1 ? (items[0] as Condition) : { op: 'or', items }, isExact };
}

function ofLeaf(leaf: Leaf, vocabulary: Vocabulary): Candidates {
  const { kind, scope, steps, joined } = leaf;
  const field = scope === 'author' || scope === 'handle' ? 'authorWords' : 'words';
  const parts = steps.map((tests) => ofTests(tests, field, vocabulary));
  const apart = allOf(parts);
  const found = joined.length === 0 ? apart : anyOf([apart, ofTests(joined, field, vocabulary)]);
  // Where words stand, and how they are spelt, an index does not tell.
  const isTold = kind === 'words' && steps.length === 1 && (scope === 'any' || scope === 'author');
  return { ...found, isExact: found.isExact && isTold };
}

function ofTests(tests: readonly TestId[], field: 'words' | 'authorWords', vocabulary: Vocabulary) {
  const lemmas: string[] = [];
  const others: Candidates[] = [];
  for (const test of tests) {
    const word = vocabulary.wordOf(test);
    if (vocabulary.kindOf(test) === 'lemma' && word.length <= KEY_AT_MOST) lemmas.push(word);
    else others.push(ofTest(test, field, vocabulary));
  }
  if (lemmas.length > 0) others.push(exact({ op: 'one-of', field, values: lemmas }));
  return anyOf(others);
}

function ofTest(test: TestId, field: 'words' | 'authorWords', vocabulary: Vocabulary): Candidates {
  const word = vocabulary.wordOf(test);
  const narrow = (condition: Condition): Candidates => ({ condition, isExact: false });
  switch (vocabulary.kindOf(test)) {
    case 'lemma':
      return narrow({ op: 'one-of', field, values: [cutKey(word)] });
    case 'prefix':
      // Of a hyphenated word only the parts are keys.
      return word.includes('-') ? ANY : narrow({ op: 'begins', field, beginning: beginningKey(word) });
    case 'spelling': {
      const [key] = lemmaKeys(word, vocabulary.morphology);
      return key === undefined ? ANY : narrow({ op: 'one-of', field, values: [cutKey(key)] });
    }
    default:
      return ANY;
  }
}

function ofValue(field: string, value: Value, asker: Asker): Candidates {
  if (value.kind === 'number') return ANY;
  if (value.kind === 'date') {
    if (field !== 'published' && field !== 'found') return ANY;
    const { from, to } = rangeMoments(
      value.range,
      asker.reader.now ?? new Date(),
      asker.reader.zone ?? 'UTC',
    );
    return exact({ op: 'between', field, from, to });
  }
  const { name } = value;
  const oneOf = (indexed: IndexedField, ...values: string[]): Candidates =>
    exact({ op: 'one-of', field: indexed, values });
  const topic = aboutTopic(field, value, asker.reader.subject);
  switch (field) {
    case 'site':
      return oneOf('site', plainHost(name));
    case 'kind':
      return oneOf('kind', name);
    case 'lang':
      // Where no language is known the index says `und`.
      return name === 'und' ? ANY : oneOf('language', name);
    case 'source':
      return exact({ op: 'one-of', field: 'source', values: asker.sourceKeys(name) });
    case 'topic':
      return oneOf('topic', name);
    case 'tone':
      return topic ? oneOf('topicSentiment', `${topic}:${name}`) : oneOf('sentiment', name);
    case 'intent':
      if (topic === null) return oneOf('intent', name);
      if (name !== 'complaint') return topic ? allOf([oneOf('intent', name), oneOf('topic', topic)]) : ANY;
      return topic ? oneOf('complaint', topic) : exact({ op: 'present', field: 'complaint' });
    case 'complaint':
      return topic === null ? oneOf('complaintLevel', name) : ANY;
    default:
      return ANY;
  }
}
