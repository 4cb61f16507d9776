import { type CopyCase, ORIGINAL } from './cases.ts';

export interface CopyFigures {
  kind: string;
  texts: number;
  /** Of the copies: how many were put with their original. */
  found: number;
  /** Texts that were put with one of another story. */
  wrong: number;
}

export interface CopyResult {
  kinds: CopyFigures[];
  /** Of the texts that were put with another, those that belong there. */
  precision: number;
  /** Of the copies, those that were put with their original. */
  recall: number;
}

/**
 * Puts each text in its turn to the finder, which answers with the place of the first text of its story (its own place: none).
 * Right is the story whose original is the same; a form that is put with another post of its form is wrong.
 */
export function measureCopies(
  cases: readonly CopyCase[],
  find: (at: number, text: string) => number,
  explain: (kind: 'lost' | 'wrong', one: CopyCase, other: CopyCase | undefined) => void = () => undefined,
): CopyResult {
  const kinds = new Map<string, CopyFigures>();
  for (const [at, one] of cases.entries()) {
    const first = find(at, one.text);
    const figures = kinds.get(one.kind) ?? { kind: one.kind, texts: 0, found: 0, wrong: 0 };
    kinds.set(one.kind, figures);
    figures.texts += 1;
    const other = cases[first];
    const isRight = other?.story === one.story;
    if (first !== at && isRight) figures.found += 1;
    if (first !== at && !isRight) figures.wrong += 1;
    if (!isRight) explain('wrong', one, other);
    else if (first === at && isCopy(cases, one)) explain('lost', one, cases[one.story]);
  }
  const all = [...kinds.values()];
  const copies = all.filter(({ kind }) => cases.some((one) => one.kind === kind && isCopy(cases, one)));
  const found = sum(all, 'found');
  return {
    kinds: all,
    precision: found / Math.max(1, found + sum(all, 'wrong')),
    recall: sum(copies, 'found') / Math.max(1, sum(copies, 'texts')),
  };
}

function isCopy(cases: readonly CopyCase[], { kind, story }: CopyCase): boolean {
  return kind !== ORIGINAL && cases[story]?.kind === ORIGINAL;
}

function sum(figures: readonly CopyFigures[], what: 'texts' | 'found' | 'wrong'): number {
  return figures.reduce((total, one) => total + one[what], 0);
}
