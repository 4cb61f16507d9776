import { randomBytes } from 'node:crypto';
import { matchingStep, toBase32 } from '../../src/lib/totp.ts';
import type { UserId } from '../../src/model/ids.ts';
import type { Vault } from '../../src/model/ports.ts';
import { findFactor, takeRecoveryCode, takeStep } from '../../src/store/second-factors.ts';
import type { DashboardDeps } from '../deps.ts';

const RECOVERY_CODES = 10;
/** 80 bits: 16 letters and digits, by fours. */
const CODE_BYTES = 10;

/** As people read them: `ABCD-EFGH-IJKL-MNOP`. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: RECOVERY_CODES }, () =>
    (toBase32(randomBytes(CODE_BYTES)).match(/.{4}/g) ?? []).join('-'),
  );
}

/** As the store keeps it: keyed, so that a stolen database tells no codes. */
export function recoveryHash(vault: Vault, user: UserId, code: string): string {
  return vault.hash(`recovery ${user} ${code}`);
}

/** Blanks and dashes are how people copy; small letters are as good. */
function cleanCode(given: string): string {
  return given.replace(/[\s-]/g, '').toUpperCase();
}

export const secretOf = (vault: Vault, sealed: string): Buffer => Buffer.from(vault.open(sealed), 'base64');

export const sealSecret = (vault: Vault, secret: Buffer): string => vault.seal(secret.toString('base64'));

/** What let in: a code of the telephone, or one of recovery. Each is used up by it. null: neither. */
export async function useSecondFactor(
  deps: DashboardDeps,
  user: UserId,
  given: string,
): Promise<'code' | 'recovery' | null> {
  const code = cleanCode(given);
  const now = deps.clock.now();
  if (/^[A-Z2-7]{16}$/.test(code)) {
    const written = (code.match(/.{4}/g) ?? []).join('-');
    const isTaken = await takeRecoveryCode(deps.db, user, recoveryHash(deps.vault, user, written), now);
    return isTaken ? 'recovery' : null;
  }
  const factor = await findFactor(deps.db, user);
  if (!factor?.confirmedAt) return null;
  const step = matchingStep(secretOf(deps.vault, factor.sealed), code, now);
  return step !== null && (await takeStep(deps.db, user, step)) ? 'code' : null;
}
