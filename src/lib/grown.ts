/** The longer column with what stood in the old one: typed arrays cannot grow. */
export function grown<Column extends Uint8Array | Uint16Array | Int32Array>(
  old: Column,
  fresh: Column,
): Column {
  fresh.set(old);
  return fresh;
}
