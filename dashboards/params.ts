/** A row's number out of an address, or null when it is none. */
export function numberParam<Id extends number>(text: string): Id | null {
  return /^[1-9]\d{0,15}$/.test(text) ? (Number(text) as Id) : null;
}

/** Page number of a list, from 1. */
export function pageParam(text: unknown): number {
  return typeof text === 'string' && /^[1-9]\d{0,5}$/.test(text) ? Number(text) : 1;
}
