/** How often keys and terms occur in the register, as far as they were asked for. */
export interface Counts {
  size: number;
  of(key: string): number;
}

/** How rare a key is, in bits: log2 of how much likelier it is with the one who has it than with anybody. Of an unseen one as if half a customer had it. */
export function rarityOf(key: string, { size, of }: Counts): number {
  return Math.log2((size + 1) / (of(key) + 0.5));
}
