export { randomFrom } from '../src/lib/random.ts';

export function pick<T>(random: () => number, from: readonly T[]): T {
  return from[Math.floor(random() * from.length)] as T;
}
