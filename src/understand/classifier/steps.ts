/** Adds one sign for every step that the value reaches, so that more is never less. */
export function addSteps(found: string[], name: string, value: number, step: number, most: number): void {
  const reached = Math.min(most, Math.floor(Math.abs(value) / step));
  for (let at = 1; at <= reached; at += 1) found.push(`${name} ${value > 0 ? '+' : '−'}${at}`);
}
