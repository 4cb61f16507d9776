import { pino } from 'pino';

export type Log = Pick<ReturnType<typeof pino>, 'debug' | 'info' | 'warn' | 'error' | 'child'>;

/** JSON lines on stderr: stdout belongs to the command's data. Fields never hold document text, customer fields or secrets. */
export function createLog(level: string): Log {
  return pino(
    { level, base: null, redact: ['password', 'secret', 'token', '*.password', '*.secret', '*.token'] },
    pino.destination({ dest: 2, sync: true }),
  );
}
