const MAX_REMEMBERED = 2000;
const MAX_LENGTH = 500;
const remembered = new Map<string, Readonly<URL>>();

/**
 * As `new URL`, but read-only and kept for a while: robots.txt, the host's turn, cookies and the guard look at the same address
 * one after the other, and to parse it for each costs a tenth of a request.
 * @throws TypeError
 */
export function parsedUrl(address: string): Readonly<URL> {
  const known = remembered.get(address);
  if (known) return known;
  const url = new URL(address);
  if (address.length > MAX_LENGTH) return url;
  if (remembered.size >= MAX_REMEMBERED) remembered.clear();
  remembered.set(address, url);
  return url;
}
