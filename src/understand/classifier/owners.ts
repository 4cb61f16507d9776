import type { OpinionText } from '../../model/opinion.ts';
import type { Target } from '../../model/ports.ts';
import { touchedBy } from '../touched.ts';
import { clausesOf } from './target-view.ts';

/** Per token, the numbers of the targets that it is said of: those of its clause, or else those named last. */
export function ownersOf({ tokens }: OpinionText, targets: readonly Target[]): ReadonlySet<number>[] {
  const clauses = clausesOf(tokens);
  const named = new Map<number, Set<number>>();
  targets.forEach(({ spans }, target) => {
    const touched = touchedBy(tokens, spans);
    tokens.forEach((_, place) => {
      if (touched[place] !== 1) return;
      const clause = clauses[place] as number;
      named.set(clause, (named.get(clause) ?? new Set()).add(target));
    });
  });
  let last: ReadonlySet<number> = new Set();
  const owners = new Map<number, ReadonlySet<number>>();
  for (const clause of new Set(clauses)) {
    last = named.get(clause) ?? last;
    owners.set(clause, last);
  }
  return clauses.map((clause) => owners.get(clause) ?? new Set());
}
