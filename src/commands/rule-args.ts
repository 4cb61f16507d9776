import { readFileSync } from 'node:fs';
import { errorMessage, InputError } from '../lib/errors.ts';
import type { Rule } from '../model/rule.ts';
import type { Db } from '../store/db.ts';
import { findRule } from '../store/rules.ts';

/** `-` is what comes in. */
export function readText(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    throw new InputError([{ at: file, message: `cannot be read (${errorMessage(error)})` }]);
  }
}

export function ownZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Throws InputError when there is none. */
export async function namedRule(db: Db, key: string): Promise<Rule> {
  const rule = await findRule(db, key);
  if (!rule) throw new InputError([{ at: key, message: 'there is no such rule' }]);
  return rule;
}
