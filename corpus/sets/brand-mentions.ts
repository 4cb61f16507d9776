import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadMorphology } from '../../src/lib/morphology.ts';
import type { Morphology } from '../../src/model/ports.ts';
import { createEvaluator } from '../../src/query/evaluate.ts';
import { parseQuery } from '../../src/query/parse.ts';
import { composeQuery } from '../../src/query/suggest/compose.ts';
import { suggestForms, termOf } from '../../src/query/suggest/suggest.ts';
import { type CorpusRow, type CorpusSet, readCases } from '../set.ts';

interface Brand {
  id: string;
  domain: string;
  name: string;
  aliases: string[];
}

interface Post {
  id: string;
  domain: string;
  brands: string[];
  text: string;
}

interface Tally {
  right: number;
  told: number;
  gold: number;
}

/** What the catalogue's domains are, as a person would say it of a topic. */
const ABOUT: Readonly<Record<string, string>> = { banks: 'банк', telecom: 'оператор связи' };

type Says = (post: Post) => boolean;
type MakeSays = (brand: Brand, morphology: Morphology) => Says;

/** Which brands of the catalogue a post names: by the suggested query, beside what is simpler. */
const WAYS: readonly { name: string; make: MakeSays; must?: number; aim?: number }[] = [
  { name: 'suggested query', make: bySuggestions, must: 0.995, aim: 0.997 },
  { name: 'aliases with endings', make: byAliases },
  { name: 'canonical whole word', make: byWholeWord },
];

export const brandMentions: CorpusSet = {
  name: 'brand-mentions',
  run: async (folder, explain) => {
    const nlp = join(folder, 'nlp');
    const brands = JSON.parse(readFileSync(join(nlp, 'ru_brand_catalog.json'), 'utf8')) as Brand[];
    const posts = readCases<Post>(nlp, 'ru_brand_mentions.dev.jsonl');
    const morphology = await loadMorphology();
    return WAYS.flatMap(({ name, make, ...floors }, way) => {
      const tallies = brands.map((brand) =>
        count(brand, posts, make(brand, morphology), way === 0 ? explain : () => {}),
      );
      const sum = tallies.reduce(add);
      const rows: CorpusRow[] = [
        { measure: `brand mentions, ${name}: micro-F1`, ...floors, ...f1Of(sum) },
        { measure: `brand mentions, ${name}: precision`, ...part(sum.right, sum.told) },
        { measure: `brand mentions, ${name}: recall`, ...part(sum.right, sum.gold) },
      ];
      const each = brands.map((brand, at) => ({
        measure: `  F1 of ${brand.id}`,
        ...f1Of(tallies[at] as Tally),
      }));
      return way === 0 ? [...rows, ...each] : rows;
    });
  },
};

function count(brand: Brand, posts: readonly Post[], says: Says, explain: (miss: string) => void): Tally {
  const tally = { right: 0, told: 0, gold: 0 };
  for (const post of posts.filter(({ domain }) => domain === brand.domain)) {
    const [told, gold] = [says(post), post.brands.includes(brand.id)];
    if (told) tally.told += 1;
    if (gold) tally.gold += 1;
    if (told && gold) tally.right += 1;
    if (told !== gold) explain(`${gold ? 'lost' : 'wrong'} ${brand.id} ${post.id}: ${post.text}`);
  }
  return tally;
}

function add(one: Tally, two: Tally): Tally {
  return { right: one.right + two.right, told: one.told + two.told, gold: one.gold + two.gold };
}

function part(of: number, all: number): { value: number; detail: string } {
  return { value: all === 0 ? 1 : of / all, detail: `${of} of ${all}` };
}

function f1Of({ right, told, gold }: Tally): { value: number; detail: string } {
  const value = told + gold === 0 ? 1 : (2 * right) / (told + gold);
  return { value, detail: `${right} right, ${told} told, ${gold} there` };
}

function bySuggestions({ name, aliases, domain }: Brand, morphology: Morphology): Says {
  return byQuery(composeQuery(suggestForms(name, aliases, morphology), ABOUT[domain] ?? ''), morphology);
}

function byQuery(text: string, morphology: Morphology): Says {
  const parsed = parseQuery(text, 'topic');
  if ('issues' in parsed) throw new Error(`${text}: ${parsed.issues[0]?.message.en}`);
  const evaluate = createEvaluator(parsed.query, morphology);
  return (post) => evaluate(post).matched;
}

/** What the catalogue gives, in every form, and nothing else. */
function byAliases({ name, aliases }: Brand, morphology: Morphology): Says {
  return byQuery([name, ...aliases].map(termOf).join(' OR '), morphology);
}

/** What a search for the name alone finds: no forms, no aliases. */
function byWholeWord({ name }: Brand): Says {
  const whole = new RegExp(`(?<![\\p{L}\\p{N}_])${name}(?![\\p{L}\\p{N}_])`, 'iu');
  return ({ text }) => whole.test(text);
}
