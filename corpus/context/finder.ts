import type { Morphology } from '../../src/model/ports.ts';
import { createEvaluator, type Verdict } from '../../src/query/evaluate.ts';
import { parseQuery } from '../../src/query/parse.ts';
import { quote } from '../../src/query/quote.ts';

type Place = { start: number; end: number };

/** Where a name stands in texts, in any form, as a topic of that one word finds it. */
export function createFinder(morphology: Morphology): (name: string, text: string) => Place[] {
  const known = new Map<string, (document: { text: string }) => Verdict>();
  return (name, text) => {
    let find = known.get(name);
    if (find === undefined) {
      const parsed = parseQuery(quote(name), 'topic');
      if ('issues' in parsed) throw new Error(`${name}: ${parsed.issues[0]?.message.en}`);
      find = createEvaluator(parsed.query, morphology);
      known.set(name, find);
    }
    const verdict = find({ text });
    return verdict.matched ? verdict.spans : [];
  };
}
