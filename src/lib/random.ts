/** mulberry32: 0 to 1, the same numbers for the same seed. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Puts the values into an order of chance, in place (Fisher and Yates); returns them. */
export function shuffle<Values extends { readonly length: number; [at: number]: unknown }>(
  values: Values,
  random: () => number,
): Values {
  for (let at = values.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    const kept = values[at];
    values[at] = values[other];
    values[other] = kept;
  }
  return values;
}

/** Keeps `size` of the values that are offered, each with the same chance (Vitter's algorithm R). `make` is called for those that are kept. */
export function createReservoir<Value>(
  size: number,
  random: () => number,
): { offer(make: () => Value): void; kept(): Value[] } {
  const values: Value[] = [];
  let offered = 0;
  return {
    offer: (make) => {
      offered += 1;
      if (values.length < size) values.push(make());
      else {
        const at = Math.floor(random() * offered);
        if (at < size) values[at] = make();
      }
    },
    kept: () => values,
  };
}
