import { parseArgs } from 'node:util';

export interface WorldOptions {
  /** Folder of the world's own server and scorer. */
  folder: string;
  seed: string;
  sites: number;
  /** Virtual ticks of ten minutes that are lived through. */
  ticks: number;
  /** Ticks between two looks of our scheduler. */
  step: number;
  faults: boolean;
  /** Only these sites, by id. */
  only: string[];
  /** How many misses of each sort are printed. */
  misses: number;
  /** File for the found items, one JSON per line. */
  out: string | undefined;
}

const USAGE =
  'usage: npm run world -- DIR [--seed S] [--sites 18] [--ticks 200] [--step 2] [--no-faults] [--only wp,phpbb] [--misses N] [--out FILE]';

export function readOptions(args: string[]): WorldOptions | null {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      seed: { type: 'string', default: '1' },
      sites: { type: 'string', default: '18' },
      ticks: { type: 'string', default: '200' },
      step: { type: 'string', default: '2' },
      'no-faults': { type: 'boolean', default: false },
      only: { type: 'string', default: '' },
      misses: { type: 'string', default: '0' },
      out: { type: 'string' },
    },
  });
  const [folder] = positionals;
  if (folder === undefined) {
    console.error(USAGE);
    return null;
  }
  return {
    folder,
    seed: values.seed,
    sites: Number(values.sites),
    ticks: Number(values.ticks),
    step: Number(values.step),
    faults: !values['no-faults'],
    only: values.only.split(',').filter((id) => id !== ''),
    misses: Number(values.misses),
    out: values.out,
  };
}
