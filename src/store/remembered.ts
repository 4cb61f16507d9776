import { type Db, queryOne } from './db.ts';
import { presentSight } from './limited-reads.ts';

/** Of fewer documents everything is read quickly, and so always anew. */
const MANY = 20_000;
const ASKED_AGAIN_MS = 60_000;
const MOST_ANSWERS = 500;

const sizes = new WeakMap<Db, { isLarge: boolean; askedAt: number }>();

/** By the numbers that documents got: a count would read them. */
async function isLarge(db: Db): Promise<boolean> {
  const known = sizes.get(db);
  if (known && (known.isLarge || performance.now() - known.askedAt < ASKED_AGAIN_MS)) return known.isLarge;
  const row = await queryOne<{ last: number }>(db, 'select last_value as last from documents_id_seq');
  const size = { isLarge: (row?.last ?? 0) > MANY, askedAt: performance.now() };
  sizes.set(db, size);
  return size.isLarge;
}

interface Answer<Value> {
  value: Promise<Value>;
  until: number;
}

/** Moments of the same `forMs` are the same: pages ask for the time until now. */
function keyOf(asked: unknown, forMs: number): string {
  return JSON.stringify(asked, function (this: Record<string, unknown>, name, value: unknown) {
    const plain = this[name];
    return plain instanceof Date ? Math.floor(plain.getTime() / forMs) : value;
  });
}

type Read<Args extends readonly unknown[], Value> = (db: Db, ...args: Args) => Promise<Value>;

/**
 * Where there are many documents, what `read` tells is told again for `forMs`: for counts of the past, which change little and are dear. Answers
 * are kept by arguments, which must be plain values or dates, and by what may be seen. Who asks while it is being read waits for the same answer; a
 * failure is not kept. `forget`: the next one who asks has it read anew.
 */
export function remembered<Args extends readonly unknown[], Value>(
  forMs: number,
  read: Read<Args, Value>,
): Read<Args, Value> & { forget(db: Db): void } {
  const memories = new WeakMap<Db, Map<string, Answer<Value>>>();
  const ask: Read<Args, Value> = async (db, ...args) => {
    if (!(await isLarge(db))) return read(db, ...args);
    const memory = memories.get(db) ?? new Map<string, Answer<Value>>();
    memories.set(db, memory);
    const key = keyOf([presentSight(), args], forMs);
    const known = memory.get(key);
    if (known && performance.now() < known.until) return known.value;
    if (memory.size >= MOST_ANSWERS) memory.clear();
    const value = read(db, ...args);
    memory.set(key, { value, until: performance.now() + forMs });
    value.catch(() => memory.delete(key));
    return value;
  };
  return Object.assign(ask, { forget: (db: Db) => void memories.delete(db) });
}
