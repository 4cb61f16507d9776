/** A rule's path with `*` and `$`, ready to be compared. */
export interface RobotsPattern {
  /** Of two that match, the longer one wins. */
  length: number;
  /** What stands between the stars. */
  parts: readonly string[];
  /** Ends with `$`: the address must end there too. */
  isAnchored: boolean;
}

const UNRESERVED = /[A-Za-z0-9._~-]/;

/** Escapes of plain characters undone, others in capitals, what is no ASCII escaped (RFC 9309 2.2.2). */
export function normalisePath(path: string): string {
  const escaped = path.replace(/[\u0080-\uffff]+/g, (wide) => encodeURIComponent(wide.toWellFormed()));
  return escaped.replace(/%([\da-f]{2})/gi, (whole, hex: string) => {
    const char = String.fromCharCode(Number.parseInt(hex, 16));
    return UNRESERVED.test(char) ? char : whole.toUpperCase();
  });
}

export function compilePattern(written: string): RobotsPattern {
  const pattern = normalisePath(written).replace(/\*{2,}/g, '*');
  const isAnchored = pattern.endsWith('$');
  const parts = (isAnchored ? pattern.slice(0, -1) : pattern).split('*');
  return { length: pattern.length, parts, isAnchored };
}

/** `path` is normalised and begins with `/`. */
export function isMatched(path: string, { parts, isAnchored }: RobotsPattern): boolean {
  const [first = '', ...others] = parts;
  if (!path.startsWith(first)) return false;
  const last = isAnchored ? others.pop() : undefined;
  let at = first.length;
  for (const part of others) {
    const found = path.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  if (!isAnchored) return true;
  return last === undefined ? at === path.length : path.length - last.length >= at && path.endsWith(last);
}
