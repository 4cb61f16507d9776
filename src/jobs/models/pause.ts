/** Work beside which the server goes on: others get their turn. */
export function pause(): Promise<void> {
  return new Promise((done) => setImmediate(done));
}
