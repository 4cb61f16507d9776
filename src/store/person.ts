/**
 * Entries that were found to be one person point to the first of them (customers.merged_into). The condition that a column names an entry of
 * the person `$1`, whose number is that of the first entry. The entries are looked up once and their rows by index: as a subquery that the planner
 * joins, it reads whole tables for each customer where it knows nothing of them.
 */
export function isPerson(column: string, person = '$1'): string {
  return `${column} = any(array(select h.id from customers h where h.id = ${person} and h.merged_into is null
    union all select m.id from customers m where m.merged_into = ${person} and m.merged_into is not null))`;
}

/** The person behind a row `c` of customers. */
export const PERSON = 'coalesce(c.merged_into, c.id)';
