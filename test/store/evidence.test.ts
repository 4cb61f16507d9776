import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { canonicalJson } from '../../src/lib/canonical-json.ts';
import type { CaseId } from '../../src/model/ids.ts';
import { addAudit } from '../../src/store/audit.ts';
import type { Database } from '../../src/store/db.ts';
import { emptyRecords, listRecords, readContent, readText } from '../../src/store/evidence.ts';
import { addRecords, chainLine, type NewRecord } from '../../src/store/evidence-chain.ts';
import { asPacked, packContent, unpackContent } from '../../src/store/evidence-content.ts';
import { ANCHORED, verifyEvidence } from '../../src/store/evidence-verify.ts';
import { NOW } from '../support/rows.ts';
import { DRIVERS, openTestStore, truncate } from '../support/store.ts';

const ONE = 1 as CaseId;

async function record(text: string, changes: Partial<NewRecord> = {}): Promise<NewRecord> {
  const content = await packContent(Buffer.from(text));
  return {
    caseId: ONE,
    documentId: null,
    kind: 'page',
    at: NOW,
    address: 'https://forum.example/1',
    content,
    details: { status: 200 },
    ...changes,
  };
}

describe.each(DRIVERS)('the chain of evidence on %s', (driver) => {
  let db: Database;
  beforeAll(async () => {
    db = await openTestStore(driver);
  });
  afterAll(() => db.close());
  beforeEach(() => truncate(db));

  const add = (...records: NewRecord[]) => db.transaction((tx) => addRecords(tx, records));
  const broken = async () => (await verifyEvidence(db)).broken;

  it('is whole while nobody has touched it, and empty it is, too', async () => {
    expect(await verifyEvidence(db)).toMatchObject({ records: 0, head: null, broken: null });
    await add(await record('а'), await record('б'));
    await add(await record('в', { caseId: 2 as CaseId }));
    expect(await verifyEvidence(db)).toMatchObject({
      records: 3,
      emptied: 0,
      head: { seq: 3 },
      broken: null,
    });
    expect(await readText(db, 2)).toBe('б');
  });

  it('has no gaps and no forks, however many add to it at once', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, async (_, i) => add(await record(`${i}`))));
    expect(
      all
        .flat()
        .map(({ seq }) => seq)
        .sort((a, b) => a - b),
    ).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    expect(await verifyEvidence(db)).toMatchObject({ records: 20, broken: null });
  });

  it('takes nothing of a transaction that fails, and goes on without a gap', async () => {
    await add(await record('а'));
    const failing = db.transaction(async (tx) => {
      await addRecords(tx, [await record('б'), await record('в')]);
      throw new Error('stop');
    });
    await expect(failing).rejects.toThrow('stop');
    await add(await record('г'));
    expect(await verifyEvidence(db)).toMatchObject({ records: 2, broken: null });
  });

  it.each<[string, string, { seq: number; code: string }]>([
    [
      'a changed content',
      `update evidence_records set content = '\\x00' where seq = 2`,
      { seq: 2, code: 'content' },
    ],
    [
      'a content that was put in place of another',
      `update evidence_records set content = (select content from evidence_records where seq = 1) where seq = 2`,
      { seq: 2, code: 'content' },
    ],
    [
      'changed details',
      `update evidence_records set details = replace(details, '200', '404') where seq = 2`,
      { seq: 2, code: 'details' },
    ],
    [
      'another address',
      `update evidence_records set address = 'https://other.example/' where seq = 2`,
      { seq: 2, code: 'details' },
    ],
    [
      'another time',
      `update evidence_records set at = at - interval '1 day' where seq = 2`,
      { seq: 2, code: 'hash' },
    ],
    ['another kind', `update evidence_records set kind = 'gone' where seq = 2`, { seq: 2, code: 'hash' }],
    ['another case', 'update evidence_records set case_id = 9 where seq = 2', { seq: 2, code: 'hash' }],
    ['a record taken out', 'delete from evidence_records where seq = 2', { seq: 3, code: 'gap' }],
    ['a record cut off at the end', 'delete from evidence_records where seq = 3', { seq: 3, code: 'end' }],
    ['all cut off', 'delete from evidence_records', { seq: 1, code: 'end' }],
    [
      'a record emptied without a word',
      'update evidence_records set content = null, details = null, emptied_at = now() where seq = 2',
      { seq: 2, code: 'emptied' },
    ],
    [
      'a record said to be emptied that is not',
      'update evidence_records set emptied_at = now() where seq = 2',
      { seq: 2, code: 'emptied' },
    ],
    [
      'details that are no JSON',
      `update evidence_records set details = 'x', details_sha256 = encode(sha256('x'), 'hex') where seq = 2`,
      { seq: 2, code: 'hash' },
    ],
  ])('notices %s', async (_what, sql, found) => {
    await add(await record('а'), await record('б'), await record('в'));
    await db.query(sql);
    expect(await broken()).toEqual(found);
  });

  it('notices that it was written anew since its end was noted', async () => {
    const links = await add(await record('а'), await record('б'));
    const { seq, sha256 } = links[1]!;
    await addAudit(db, {
      at: NOW,
      actor: 'system',
      action: ANCHORED,
      subject: 'evidence',
      detail: { seq, sha256 },
    });
    expect(await verifyEvidence(db)).toMatchObject({ anchors: 1, broken: null });
    await db.query('delete from evidence_records');
    await db.query('delete from evidence_head');
    await add(await record('а'), await record('another'), await record('в'));
    expect(await broken()).toEqual({ seq: 2, code: 'anchor' });
    await db.query('delete from evidence_records');
    await db.query('delete from evidence_head');
    await add(await record('а'));
    expect(await broken()).toEqual({ seq: 2, code: 'anchor' });
  });

  it('still holds when records were emptied, says which, and keeps nothing of them but hashes that nobody can guess', async () => {
    await add(await record('тайна'), await record('другое', { caseId: 2 as CaseId }), await record('тайна'));
    const [before, , same] = await db.query<{ details_sha256: string }>(
      'select details_sha256 from evidence_records order by seq',
    );
    // The same content at the same place: without the nonce the hashes would be equal, too.
    expect(before!.details_sha256).not.toBe(same!.details_sha256);
    expect(await db.transaction((tx) => emptyRecords(tx, [1, 3, 3], 'erasure', NOW))).toBe(2);
    expect(await db.transaction((tx) => emptyRecords(tx, [1, 3], 'erasure', NOW))).toBe(0);
    expect(await verifyEvidence(db)).toMatchObject({ records: 4, emptied: 2, broken: null });
    const [first, , last] = await listRecords(db, ONE);
    expect(first).toMatchObject({ contentSha256: null, address: null, details: null, size: null });
    expect(JSON.parse(last!.details!)).toMatchObject({ why: 'erasure', records: [1, 3] });
    expect(await readContent(db, 1)).toBeNull();
  });

  it('can be checked by whoever has nothing but a shell', async () => {
    await add(await record('а'), await record("кавычки ' и \\ и \n"));
    const [row] = (await listRecords(db, ONE)).slice(1);
    const script = `printf '%s\\n%s' "$1" "$2" | sha256sum | cut -d' ' -f1`;
    const hash = execFileSync('sh', ['-c', script, 'sh', row!.previousSha256, chainLine(row!)])
      .toString()
      .trim();
    expect(hash).toBe(row!.sha256);
    expect(createHash('sha256').update(row!.details!).digest('hex')).toBe(row!.detailsSha256);
    expect(chainLine(row!)).toBe(
      `{"at":"2026-11-22T09:00:00.000Z","case":1,"details_sha256":"${row!.detailsSha256}","kind":"page","seq":2}`,
    );
  });
});

describe('a content', () => {
  it('comes back byte for byte', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 5000 }), async (bytes) => {
        const packed = await packContent(bytes);
        expect(Buffer.from(await unpackContent(packed.stored, packed.encoding))).toEqual(Buffer.from(bytes));
        expect(packed.cut).toBeUndefined();
      }),
      { numRuns: 50 },
    );
  });

  it('that does not fit is cut, and tells what the whole was', async () => {
    const blocks = Array.from({ length: 6250 }, (_, i) => createHash('sha256').update(String(i)).digest());
    const noise = Buffer.concat(blocks);
    const whole = createHash('sha256').update(noise).digest('hex');
    const packed = await packContent(noise, 50_000);
    expect(packed.stored.length).toBeLessThanOrEqual(50_000);
    expect(packed.cut).toEqual({ whole_size: 200_000, whole_sha256: whole });
    const back = Buffer.from(await unpackContent(packed.stored, packed.encoding));
    expect(back.length).toBe(packed.size);
    expect(back.equals(noise.subarray(0, packed.size))).toBe(true);
  });

  it('of nothing is a content, too, and a picture stays as it is', async () => {
    const nothing = await packContent(new Uint8Array());
    expect(nothing).toMatchObject({ size: 0, sha256: createHash('sha256').update('').digest('hex') });
    expect(await unpackContent(nothing.stored, nothing.encoding)).toHaveLength(0);
    expect(asPacked(Buffer.from('png'))).toMatchObject({ encoding: 'identity', size: 3 });
  });
});

describe('canonical JSON', () => {
  it('is the same for the same value, in whatever order its names stand', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const turned = Object.fromEntries(Object.entries(value).reverse());
        expect(canonicalJson(turned)).toBe(canonicalJson(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('has names in order at every depth, and nothing undefined', () => {
    expect(canonicalJson({ b: [{ d: 1, c: undefined, a: NOW }], a: null })).toBe(
      '{"a":null,"b":[{"a":"2026-11-22T09:00:00.000Z","d":1}]}',
    );
  });
});
