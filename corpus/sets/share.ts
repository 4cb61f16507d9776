import type { CorpusRow } from '../set.ts';

/** A row for the share of cases that pass; each miss is told with what came out instead. */
export async function share<Case>(
  row: Omit<CorpusRow, 'value' | 'detail'>,
  cases: readonly Case[],
  judge: (one: Case) => unknown,
  explain: (miss: string) => void,
): Promise<CorpusRow> {
  let passed = 0;
  for (const one of cases) {
    const complaint = await judge(one);
    if (complaint === undefined) passed += 1;
    else explain(`${row.measure}: ${String(complaint)}`);
  }
  return {
    ...row,
    value: cases.length === 0 ? 1 : passed / cases.length,
    detail: `${passed} of ${cases.length}`,
  };
}
