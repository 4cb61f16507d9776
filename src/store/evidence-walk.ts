import type { EvidenceRecord } from '../model/evidence.ts';
import type { Db } from './db.ts';
import { RECORD_COLUMNS } from './evidence.ts';

const BATCH = 1000;

/** All records from `from` on, of all cases, without their contents. */
export async function* chainFrom(db: Db, from: number): AsyncGenerator<EvidenceRecord> {
  for (let next = from; ; ) {
    const rows = await db.query<EvidenceRecord>(
      `select ${RECORD_COLUMNS} from evidence_records where seq >= $1 order by seq limit ${BATCH}`,
      [next],
    );
    yield* rows;
    const last = rows.at(-1);
    if (!last) return;
    next = last.seq + 1;
  }
}
