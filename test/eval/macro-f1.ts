export interface Judged {
  gold: string;
  told: string;
}

/** F1 of one label, 0 to 1. */
export function f1(pairs: readonly Judged[], label: string): number {
  const right = pairs.filter(({ gold, told }) => gold === label && told === label).length;
  const told = pairs.filter((pair) => pair.told === label).length;
  const gold = pairs.filter((pair) => pair.gold === label).length;
  return told + gold === 0 ? 0 : (2 * right) / (told + gold);
}

export function macroF1(pairs: readonly Judged[], labels: readonly string[]): number {
  return labels.reduce((sum, label) => sum + f1(pairs, label), 0) / labels.length;
}
