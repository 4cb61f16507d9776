/** Errors are named by what the caller does next. `code` is for machines, `message` for people; both are safe to log. */
class MolvaError extends Error {
  readonly code: string;

  constructor(code: string, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = new.target.name;
    this.code = code;
  }
}

/** Try again, no sooner than `delayMs` when the other side said so. */
export class RetryLaterError extends MolvaError {
  readonly delayMs: number | undefined;

  constructor(
    code: string,
    message: string,
    options: { delayMs?: number | undefined; cause?: unknown } = {},
  ) {
    super(code, message, options.cause);
    this.delayMs = options.delayMs;
  }
}

/** Trying the same again will not help. */
export class PermanentError extends MolvaError {}

/** We do not do this: robots.txt, a private address, a missing right. */
export class RefusedError extends MolvaError {}

export interface InputIssue {
  /** Where in the input: `line 3, column 7`, `customers.csv:12`, a field's name. */
  at: string;
  message: string;
}

/** Somebody's input is wrong; every issue names its place and what to do. */
export class InputError extends MolvaError {
  readonly issues: readonly InputIssue[];

  constructor(issues: readonly InputIssue[]) {
    super('bad-input', issues.map((issue) => `${issue.at}: ${issue.message}`).join('\n'));
    this.issues = issues;
  }
}

/** The program cannot start or go on as it is configured. The message says what to change. */
export class ConfigError extends MolvaError {
  constructor(message: string, cause?: unknown) {
    super('bad-config', message, cause);
  }
}

/** The code of any thrown value, for stored errors and metrics. */
export function errorCode(error: unknown): string {
  if (error instanceof MolvaError) return error.code;
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : 'unexpected';
}

export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
