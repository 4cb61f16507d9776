import { z } from 'zod';

const DURATION: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const SIZE: Record<string, number> = { B: 1, kB: 1024, MB: 1024 ** 2, GB: 1024 ** 3 };

function measured(units: Record<string, number>, example: string) {
  const pattern = new RegExp(`^(\\d+(?:\\.\\d+)?)\\s*(${Object.keys(units).join('|')})$`);
  return z.string().transform((text, ctx) => {
    const match = pattern.exec(text.trim());
    const factor = match?.[2] === undefined ? undefined : units[match[2]];
    if (!match || factor === undefined) {
      ctx.addIssue({
        code: 'custom',
        message: `write a number with a unit (${Object.keys(units).join(', ')}), for example ${example}`,
      });
      return z.NEVER;
    }
    return Number(match[1]) * factor;
  });
}

/** `15m` → milliseconds. */
export const duration = measured(DURATION, '15m');
/** `10MB` → bytes. */
export const size = measured(SIZE, '10MB');

export const zone = z
  .string()
  .refine(isZone, { message: 'is not a time zone; write one like Europe/Moscow or Europe/London' });

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
