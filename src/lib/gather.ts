import { setImmediate } from 'node:timers/promises';

/**
 * Asks once for what many ask for side by side: `ask` gets the keys of all who asked within one turn of the event loop, and each of them all
 * its answers, to take his own from. Who asks for nothing waits for nobody. When `ask` fails, all of them fail.
 */
export function gather<Key, Answer>(
  ask: (keys: Key[]) => Promise<Answer[]>,
): (keys: readonly Key[]) => Promise<Answer[]> {
  let gathered: { keys: Set<Key>; answers: Promise<Answer[]> } | null = null;
  function begin(): { keys: Set<Key>; answers: Promise<Answer[]> } {
    const keys = new Set<Key>();
    const answers = setImmediate().then(() => {
      gathered = null;
      return ask([...keys]);
    });
    return { keys, answers };
  }
  return async (keys) => {
    if (keys.length === 0) return [];
    gathered ??= begin();
    for (const key of keys) gathered.keys.add(key);
    return gathered.answers;
  };
}
