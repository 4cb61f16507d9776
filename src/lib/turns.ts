import { RetryLaterError } from './errors.ts';

interface Turn {
  running: Promise<unknown>;
  /** The newest that waits. */
  waiting: symbol | undefined;
}

/** Runs one work at a time for each key. @throws RetryLaterError `superseded` for those that waited when a newer one came */
export type TakeTurn = <Result>(key: string, work: () => Promise<Result>) => Promise<Result>;

/** For work that only the newest result is wanted of, such as a preview of what is being typed. */
export function createTurns(): TakeTurn {
  const turns = new Map<string, Turn>();
  return async (key, work) => {
    const me = Symbol(key);
    for (let turn = turns.get(key); turn; turn = turns.get(key)) {
      turn.waiting = me;
      await turn.running.catch(() => undefined);
      if (turn.waiting !== me) throw new RetryLaterError('superseded', 'A newer request took its place.');
    }
    const turn: Turn = { running: Promise.resolve(), waiting: undefined };
    turns.set(key, turn);
    turn.running = work().finally(() => turns.delete(key));
    return turn.running as ReturnType<typeof work>;
  };
}
