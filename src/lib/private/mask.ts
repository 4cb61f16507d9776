import type { PrivateKind } from '../../model/entity.ts';
import { findPrivate } from './find.ts';

const DOT = '•';
/** Signs at the end that are shown, so that the owner recognises it; of short numbers fewer. */
const SHOWN: Readonly<Record<PrivateKind, number>> = { card: 4, account: 4, phone: 2, order: 2, email: 0 };

interface Place {
  kind: string;
  start: number;
  end: number;
}

/**
 * The text with what is private dotted out, letter for letter: offsets stay what they are. Of numbers the last two or four
 * signs are shown, of an e-mail address its first letter and its host. `keep`: kinds that the reader may see.
 */
export function maskPersonal(
  text: string,
  entities: readonly Place[],
  { keep = [], showsEnd = true }: MaskOptions = {},
): string {
  let masked = '';
  let at = 0;
  for (const { kind, start, end } of [...entities].sort((one, two) => one.start - two.start)) {
    if (!(kind in SHOWN) || keep.includes(kind as PrivateKind) || start < at) continue;
    masked += text.slice(at, start) + maskOne(kind as PrivateKind, text.slice(start, end), showsEnd);
    at = end;
  }
  return masked + text.slice(at);
}

export interface MaskOptions {
  keep?: readonly PrivateKind[];
  /** False: nothing of it stays, for what is looked up by words. */
  showsEnd?: boolean;
}

/** For whoever has a text and no entities: finds what is private and masks it. */
export function withoutPrivate(text: string, options: MaskOptions = {}): string {
  return maskPersonal(text, findPrivate(text), options);
}

function maskOne(kind: PrivateKind, written: string, showsEnd: boolean): string {
  if (!showsEnd) return written.replace(/[\p{L}\p{Nd}@]/gu, dots);
  if (kind === 'email')
    return written.replace(
      /^(.)([^@]*)/u,
      (_all, first: string, rest: string) => first + DOT.repeat(rest.length),
    );
  const signs = written.match(/[\p{L}\p{Nd}]/gu)?.length ?? 0;
  const shown = Math.min(SHOWN[kind], Math.floor(signs / 3));
  let seen = 0;
  return written.replace(/[\p{L}\p{Nd}]/gu, (sign) => {
    seen += 1;
    return seen > signs - shown ? sign : dots(sign);
  });
}

/** As many as the letter has units. */
function dots(sign: string): string {
  return DOT.repeat(sign.length);
}
