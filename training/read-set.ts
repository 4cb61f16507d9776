import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readCases, readPacked } from '../corpus/set.ts';

export type Record_ = Readonly<Record<string, unknown>> & { id?: string; text: string };

export type Half = 'train' | 'dev';

/** Lines of `<name>.<half>.jsonl` or `.jsonl.gz`; null when there is no such file. Throws on a line that is no JSON, naming it. */
export function readSet(folder: string, name: string, half: Half): Record_[] | null {
  const file = plainOrPacked(`${name}.${half}.jsonl`).find((one) => existsSync(join(folder, one)));
  return file === undefined ? null : readCases<Record_>(folder, file);
}

/** `<name>` or `<name>.gz` in UTF-8; null when there is neither. */
export function readText(file: string): string | null {
  const found = plainOrPacked(file).find(existsSync);
  return found === undefined ? null : readPacked(found);
}

function plainOrPacked(file: string): string[] {
  return [file, `${file}.gz`];
}
