import { PORTFOLIO_LISTS, type PortfolioAsk } from '../../src/store/portfolio.ts';

const PARTED = new Set(['tier', 'quiet']);
const MOST_PART = 80;

/** null: there is no such list, or a list of parts was asked for without one. */
export function askOf(list: unknown, part: unknown): PortfolioAsk | null {
  const known = PORTFOLIO_LISTS.find((one) => one === list);
  if (!known) return null;
  if (!PARTED.has(known)) return { list: known, part: 'all' };
  const isPart = typeof part === 'string' && part !== '' && part.length <= MOST_PART;
  return isPart ? { list: known, part: part.replaceAll('\0', '').toWellFormed() } : null;
}
