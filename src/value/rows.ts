/** A table of numbers that holds a million rows in little memory. */
export interface Rows<Column extends string> {
  add(row: Readonly<Record<Column, number>>): void;
  length(): number;
  /** The row that is handed out is the same object each time. */
  each(look: (row: Readonly<Record<Column, number>>) => void): void;
  /** A copy of one column, of the rows that `only` takes. */
  column(name: Column, only?: (row: Readonly<Record<Column, number>>) => boolean): Float64Array;
}

const FIRST = 1024;

export function createRows<Column extends string>(columns: readonly Column[]): Rows<Column> {
  let values = new Float64Array(FIRST * columns.length);
  let length = 0;
  const each: Rows<Column>['each'] = (look) => {
    const row = Object.fromEntries(columns.map((name) => [name, 0])) as Record<Column, number>;
    for (let at = 0; at < length; at += 1) {
      for (const [n, name] of columns.entries()) row[name] = values[at * columns.length + n] as number;
      look(row);
    }
  };
  return {
    add: (row) => {
      if ((length + 1) * columns.length > values.length) {
        const wider = new Float64Array(values.length * 2);
        wider.set(values);
        values = wider;
      }
      for (const [n, name] of columns.entries()) values[length * columns.length + n] = row[name];
      length += 1;
    },
    length: () => length,
    each,
    column: (name, only = () => true) => {
      const kept = new Float64Array(length);
      let n = 0;
      each((row) => {
        if (only(row)) kept[n++] = row[name];
      });
      return kept.slice(0, n);
    },
  };
}
