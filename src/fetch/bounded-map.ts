export interface Weighing<Value> {
  /** Of all entries together. */
  most: number;
  of(value: Value): number;
}

/** Keeps the `limit` most recently used entries, fewer when they weigh more than they may. The last one is always kept. */
export class BoundedMap<Key, Value> {
  readonly #entries = new Map<Key, Value>();
  readonly #limit: number;
  readonly #weighing: Weighing<Value> | undefined;
  #weight = 0;

  constructor(limit: number, weighing?: Weighing<Value>) {
    this.#limit = limit;
    this.#weighing = weighing;
  }

  get(key: Key): Value | undefined {
    const value = this.#entries.get(key);
    if (value === undefined) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, value);
    return value;
  }

  set(key: Key, value: Value): void {
    this.#drop(key);
    this.#entries.set(key, value);
    this.#weight += this.#weighing?.of(value) ?? 0;
    for (const oldest of this.#entries.keys()) {
      if (oldest === key || !this.#isFull()) return;
      this.#drop(oldest);
    }
  }

  get size(): number {
    return this.#entries.size;
  }

  #isFull(): boolean {
    return (
      this.#entries.size > this.#limit || this.#weight > (this.#weighing?.most ?? Number.POSITIVE_INFINITY)
    );
  }

  #drop(key: Key): void {
    const value = this.#entries.get(key);
    if (value !== undefined) this.#weight -= this.#weighing?.of(value) ?? 0;
    this.#entries.delete(key);
  }
}
