/** A run of slots, `to` excluded. A slot is one word; a hyphenated word has one per part. */
export interface Place {
  from: number;
  to: number;
}

/** In the order of the text, each once. Sorts the list itself. */
export function inOrder(places: Place[]): Place[] {
  places.sort((one, two) => one.from - two.from || one.to - two.to);
  return places.filter((place, at) => place.from !== places[at - 1]?.from || place.to !== places[at - 1]?.to);
}

/** Places that hold no other. */
export function shortest(places: readonly Place[]): Place[] {
  const ordered = [...places].sort((one, two) => one.from - two.from || two.to - one.to);
  const kept: Place[] = [];
  let least = Number.POSITIVE_INFINITY;
  for (let at = ordered.length - 1; at >= 0; at -= 1) {
    const one = ordered[at] as Place;
    if (one.to >= least) continue;
    least = one.to;
    kept.push(one);
  }
  return kept.reverse();
}
