/**
 * Entries that were found to be one person point to the first of them (customers.merged_into). The condition that a column names an entry of
 * the person `$1`, whose number is that of the first entry.
 */
export function isPerson(column: string, person = '$1'): string {
  return `${column} in (select id from customers where coalesce(merged_into, id) = ${person})`;
}

/** The person behind a row `c` of customers. */
export const PERSON = 'coalesce(c.merged_into, c.id)';

/**
 * The entries `e` of the first entry `id`, to be read one after another: with the limit in what follows the planner uses indexes also where it
 * knows nothing of the tables.
 */
export function entriesOf(id: string): string {
  return `(select ${id} as id union all select m.id from customers m where m.merged_into = ${id} and m.merged_into is not null) e`;
}
