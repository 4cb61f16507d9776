import { sets } from './registry.ts';

/** `npm run corpus -- DIR [SET…] [--misses N]`: measures us on corpora that stand outside the repository. */
const args = process.argv.slice(2);
const missesAt = args.indexOf('--misses');
const misses = missesAt < 0 ? 0 : Number(args.splice(missesAt, 2)[1] ?? 20);
const [folder, ...names] = args;

function mark(value: number, must: number | undefined, aim: number | undefined): string {
  if (aim !== undefined && value >= aim) return 'aim';
  if (must === undefined) return '';
  return value >= must ? 'must' : 'MISSED';
}

if (folder === undefined) {
  console.error(`usage: npm run corpus -- DIR [${sets.map(({ name }) => name).join(' | ')}] [--misses N]`);
  process.exitCode = 2;
} else {
  for (const set of sets.filter(({ name }) => names.length === 0 || names.includes(name))) {
    let shown = 0;
    const rows = await set.run(folder, (miss) => {
      shown += 1;
      if (shown <= misses) console.log(`  miss: ${miss}`);
    });
    for (const { measure, value, must, aim, detail } of rows) {
      const figures = [value.toFixed(3), must?.toFixed(3) ?? '', aim?.toFixed(3) ?? ''].map((figure) =>
        figure.padStart(7),
      );
      console.log(
        `${measure.padEnd(58)}${figures.join(' ')}  ${mark(value, must, aim).padEnd(7)}${detail ?? ''}`,
      );
    }
  }
  process.exit();
}
