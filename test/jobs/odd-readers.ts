import { PermanentError } from '../../src/lib/errors.ts';

/** Readers that behave as no reader should: for the pool's tests. */
export const readers = {
  echo: (value: unknown) => value,
  loop: () => {
    for (;;);
  },
  hoard: () => {
    const kept: unknown[] = [];
    for (;;) kept.push(new Array(100_000).fill(Math.random()));
  },
  refuse: () => {
    throw new PermanentError('broken-feed', 'The feed is broken.');
  },
  stumble: () => {
    throw new RangeError('too deep');
  },
  quit: () => process.exit(3),
};
