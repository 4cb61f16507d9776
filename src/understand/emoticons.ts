import type { Span } from '../model/tag.ts';

export interface Emoticon {
  field: Span['field'];
  start: number;
  end: number;
  weight: number;
}

const GOOD = '😀😃😄😁😊🙂😍🥰😘😻💕💖💗💙💚💛💜🧡❤♥💓💞💝🎉🥳👍👏🙌🤗😎🤩😇☺🔥💯✨👌💪🙏';
const BAD = '😡😠🤬😤😞😔😟🙁☹😣😖😫😩😢😭😱😨😰👎💔🤮🤢😒🙄😑💩🖕🤦😾😿😬😕';
const LAUGHING = '😂🤣😆😅😉😜';
const WEIGHTS = new Map<string, number>([
  ...[...GOOD].map((emoji): [string, number] => [emoji, 1.6]),
  ...[...BAD].map((emoji): [string, number] => [emoji, -1.8]),
  ...[...LAUGHING].map((emoji): [string, number] => [emoji, 0.5]),
]);
const EMOJI = /\p{Extended_Pictographic}/gu;
const TYPED =
  /(?<![\w/])(?:[:;=8][-^']?[)D\]pP*]+|<3+|[xXхХ]D+|[:=][-'^]?(?:\(+|\[+|\\|\||\/(?![\w/]))|>:\(+)|\)+|\(+/g;
const COUNTED_AT_MOST = 8;

/** Emoji, typed faces and the bare brackets of Russian chats, at most a few, so that a row of them does not drown the words. */
export function findEmoticons(field: Span['field'], text: string): Emoticon[] {
  const found: Emoticon[] = [];
  for (const match of text.matchAll(EMOJI)) {
    const weight = WEIGHTS.get(match[0]);
    if (weight === undefined) continue;
    found.push({ field, start: match.index, end: match.index + match[0].length, weight });
    if (found.length >= COUNTED_AT_MOST) break;
  }
  return [...found, ...findTyped(field, text)];
}

function findTyped(field: Span['field'], text: string): Emoticon[] {
  const found: Emoticon[] = [];
  let open = 0;
  for (const match of text.matchAll(TYPED)) {
    const face = match[0];
    const bracketsOnly = /^[()]+$/.test(face);
    if (bracketsOnly && face.startsWith('(')) open += face.length === 1 ? 1 : 0;
    const closes = bracketsOnly && face.startsWith(')') ? Math.min(open, face.length) : 0;
    open -= closes;
    const weight = faceWeight(face, face.length - closes);
    if (weight === 0) continue;
    found.push({ field, start: match.index, end: match.index + face.length, weight });
    if (found.length >= COUNTED_AT_MOST) break;
  }
  return found;
}

/** `free`: brackets that close nothing. */
function faceWeight(face: string, free: number): number {
  if (/^\(+$/.test(face)) return face.length > 1 ? -1.5 : 0;
  if (/^\)+$/.test(face)) return free <= 0 ? 0 : Math.min(1.4, 0.6 + 0.3 * free);
  if (/[(/|\\[]/.test(face)) return face.includes('(') || face.includes('[') ? -1.8 : -0.8;
  return face.startsWith(';') ? 0.7 : 1.5;
}
