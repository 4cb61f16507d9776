/** Marks that turn the direction of what follows: a stranger's name must not reorder our sentence. */
const DIRECTION_MARKS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;

/** One line of foreign text, at most `length` characters and never half an emoji. */
export function oneLine(text: string, length: number): string {
  // Cut roughly before cleaning: a text of megabytes costs no more than one of kilobytes.
  const plain = text
    .slice(0, length * 8)
    .replace(DIRECTION_MARKS, '')
    .replace(CONTROLS, '')
    .replace(/\s+/g, ' ')
    .trim();
  if (plain.length <= length && text.length <= length * 8) return plain;
  return `${cutWhole(plain, length)}…`;
}

/** Cuts at a space when one is near, otherwise between two characters as people see them. */
function cutWhole(text: string, length: number): string {
  let cut = '';
  for (const { segment } of new Intl.Segmenter('und', { granularity: 'grapheme' }).segment(
    text.slice(0, length * 2),
  )) {
    if (cut.length + segment.length >= length) break;
    cut += segment;
  }
  const space = cut.lastIndexOf(' ');
  return (space > length * 0.7 ? cut.slice(0, space) : cut).trimEnd();
}
