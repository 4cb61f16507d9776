import { type Mapping, proposeMapping } from '../../match/import/mapping.ts';
import type { Mistake } from '../../match/import/mistakes.ts';
import { type Layout, layoutOf, readRecord } from '../../match/import/record.ts';
import { isRow } from '../../match/import/table.ts';
import { numbered } from '../../match/import/vcard.ts';
import type { CustomerRecord } from '../../model/customer.ts';
import type { Vault } from '../../model/ports.ts';
import type { ImportAsk, OpenedFile } from './open-file.ts';

/** Rows that are looked up or saved together. */
const BATCH = 500;

export interface PlacedRecord {
  line: number;
  record: CustomerRecord;
}

export interface Batch {
  /** Rows that were read, good or bad. */
  rows: number;
  records: PlacedRecord[];
  mistakes: Mistake[];
}

/** Columns that come up later, as those of JSON lines can, are read by their names where nobody said how. */
function withNewColumns(mapping: Mapping, columns: readonly string[], isProposed: boolean): Mapping {
  const more = columns.filter((column) => !Object.hasOwn(mapping.columns, column));
  if (!isProposed || more.length === 0) return mapping;
  const proposed = proposeMapping(
    more.map((column) => ({ column, values: [] })),
    mapping.kind,
  );
  return { ...mapping, columns: { ...proposed.columns, ...mapping.columns } };
}

/** The file as records, some hundreds at a time. */
export async function* batchesOf(
  { table, mapping }: OpenedFile,
  ask: Pick<ImportAsk, 'mapping'>,
  vault: Vault,
): AsyncGenerator<Batch> {
  let batch: Batch = { rows: 0, records: [], mistakes: [] };
  let known = -1;
  let current = mapping;
  let layout: Layout = new Map();
  for await (const one of table.rows) {
    if (table.columns.length !== known) {
      known = table.columns.length;
      current = withNewColumns(mapping, table.columns, ask.mapping === undefined);
      layout = layoutOf(current, table.columns);
    }
    batch.rows += 1;
    if (isRow(one)) {
      const { record, mistakes } = readRecord(one, layout, current);
      if (record) batch.records.push({ line: one.line, record: numbered(record, vault.hash) });
      batch.mistakes.push(...mistakes);
    } else batch.mistakes.push(one);
    if (batch.rows < BATCH) continue;
    yield batch;
    batch = { rows: 0, records: [], mistakes: [] };
  }
  yield batch;
}
