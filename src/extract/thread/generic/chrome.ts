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

const EDIT_NOTE =
  /^(?:последний раз (?:редактировалось|отредактировано)|last (?:edited|modified)|edited(?: by| on|:| \d)|сообщение (?:было )?(?:отредактировал|изменил)\S*|отредактировано|изменено|причина редактирования|reason for edit)/i;

/** Notes that the forum adds below a post. */
export function withoutNotes(text: string): string {
  const lines = text.split('\n');
  while (lines.length > 1 && EDIT_NOTE.test(lines.at(-1) ?? '') && (lines.at(-1)?.length ?? 0) < 160)
    lines.pop();
  return lines.join('\n');
}
