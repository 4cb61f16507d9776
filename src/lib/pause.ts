/** Between two pieces of long work: others get their turn. */
export function pause(): Promise<void> {
  return new Promise((done) => setImmediate(done));
}
