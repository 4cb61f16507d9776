/** Words in a row that prove, standing in two texts, that one repeats the other. */
const RUN = 4;

export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

export function runsOf(text: string): string[] {
  const words = wordsOf(text);
  return words.slice(RUN - 1).map((_word, at) => words.slice(at, at + RUN).join(' '));
}

/** How much of a text has been said, 0…1; undefined when it is too short to tell. `said` are runs. */
export function shareSaid(text: string, said: ReadonlySet<string>): number | undefined {
  const runs = runsOf(text);
  return runs.length === 0 ? undefined : runs.filter((run) => said.has(run)).length / runs.length;
}
