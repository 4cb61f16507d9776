import { readFileSync } from 'node:fs';
import { fitBgNbd } from '../src/value/bg-nbd.ts';
import { fitGammaGamma } from '../src/value/gamma-gamma.ts';
import { printTable } from './report.ts';
import { tryCorrelations, tryShops } from './value/forecasts.ts';
import { tryRecommendations } from './value/recommendations.ts';
import { timeScoring } from './value/scoring.ts';

/** Lines of ID, x, t_x, T, mean value, in weeks, such as the published summary of CDNOW, which is not ours to give away. */
function fitFile(file: string): void {
  const rows = readFileSync(file, 'utf8')
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(',').map(Number));
  const customers = rows.map(([, repeats = 0, last = 0, known = 0]) => ({ repeats, last, known }));
  const spenders = rows.flatMap(([, times = 0, , , mean = 0]) =>
    times > 0 && mean > 0 ? [{ times, mean }] : [],
  );
  console.log(fitBgNbd(customers), fitGammaGamma(spenders));
}

/** How well the value of customers is foretold, from how many, and how well things are suggested. A file: the models fitted to it. A number: so many customers scored in the embedded database. */
export async function benchValue(): Promise<void> {
  const asked = process.argv[3];
  if (asked && /^\d+$/.test(asked)) return printTable([await timeScoring(Number(asked))]);
  if (asked) return fitFile(asked);
  printTable(tryShops());
  console.log();
  printTable(tryCorrelations());
  console.log();
  printTable(await tryRecommendations());
}
