import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

export type Record_ = Readonly<Record<string, unknown>> & { id?: string; text: string };

export type Half = 'train' | 'dev';

/** Lines of `<name>.<half>.jsonl` or `.jsonl.gz`; null when there is no such file. Throws on a line that is no JSON, naming it. */
export function readSet(folder: string, name: string, half: Half): Record_[] | null {
  const lines = readText(join(folder, `${name}.${half}.jsonl`))?.split('\n');
  return (
    lines?.flatMap((line, at) =>
      line.trim() === '' ? [] : [parse(line, `${name}.${half}, line ${at + 1}`)],
    ) ?? null
  );
}

/** `<name>` or `<name>.gz` in UTF-8; null when there is neither. */
export function readText(file: string): string | null {
  if (existsSync(file)) return readFileSync(file, 'utf8');
  return existsSync(`${file}.gz`) ? gunzipSync(readFileSync(`${file}.gz`)).toString('utf8') : null;
}

function parse(line: string, place: string): Record_ {
  try {
    return JSON.parse(line) as Record_;
  } catch (error) {
    throw new Error(`${place}: ${(error as Error).message}`);
  }
}
