export interface TextLine {
  /** From 1. */
  number: number;
  text: string;
  /** Only its beginning is here. */
  isCut: boolean;
}

/** Lines of a text that comes in pieces. Of a line that is too long only the beginning is kept. */
export async function* linesOf(content: AsyncIterable<string>, max: number): AsyncGenerator<TextLine> {
  let number = 1;
  let rest = '';
  let isCut = false;
  for await (const piece of content) {
    let from = 0;
    for (let at = piece.indexOf('\n'); at !== -1; at = piece.indexOf('\n', from)) {
      if (!isCut) rest += piece.slice(from, at);
      yield { number, text: rest.slice(0, max).replace(/\r$/, ''), isCut: isCut || rest.length > max };
      number += 1;
      rest = '';
      isCut = false;
      from = at + 1;
    }
    if (!isCut) rest += piece.slice(from);
    if (rest.length > max) {
      isCut = true;
      rest = rest.slice(0, max);
    }
  }
  if (rest !== '') yield { number, text: rest.replace(/\r$/, ''), isCut };
}
