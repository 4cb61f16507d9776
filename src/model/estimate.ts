/** A figure with the bounds of its 95 % interval (where nothing else is said), all 0 to 1; a difference of two, −1 to 1. */
export interface Estimate {
  value: number;
  low: number;
  high: number;
}
