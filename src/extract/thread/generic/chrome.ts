/** Lines that stand in most of the posts: captions of buttons, ranks, adverts; nobody wrote them. */
export function repeatedLines(texts: readonly string[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const text of texts)
    for (const line of new Set(text.split('\n'))) counts.set(line, (counts.get(line) ?? 0) + 1);
  const enough = Math.max(3, texts.length * 0.6);
  return new Set(
    [...counts].filter(([line, count]) => count >= enough && line.length <= 80).map(([line]) => line),
  );
}

export function withoutLines(text: string, chrome: ReadonlySet<string>): string {
  return chrome.size === 0
    ? text
    : text
        .split('\n')
        .filter((line) => !chrome.has(line))
        .join('\n');
}
