import { readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { ConfigError, errorMessage } from '../src/lib/errors.ts';
import { createLocator } from '../src/lib/yaml-places.ts';
import { type Config, configSchema } from './schema.ts';

export type Environment = Readonly<Record<string, string | undefined>>;
type Path = readonly PropertyKey[];

export interface LoadedConfig {
  config: Config;
  file: string;
  /** `config/app.yaml:12:5 topics.0.query`: where a setting stands, for messages about it. */
  where(path: Path): string;
}

/** Environment names that other programs use too; each stands for one setting. */
const WELL_KNOWN: Record<string, string> = {
  DATABASE_URL: 'store.database_url',
  MEILI_URL: 'search.url',
  MEILI_MASTER_KEY: 'search.master_key',
  MEILI_BINARY: 'search.binary',
  SMTP_URL: 'smtp.url',
  PORT: 'web.port',
};
const PREFIX = 'MOLVA__';
const MAX_FILE = 5_000_000;

function readText(file: string): string {
  try {
    const text = readFileSync(file, 'utf8');
    if (text.length > MAX_FILE)
      throw new ConfigError(`${file}: the file is larger than 5 MB; that is hardly a configuration.`);
    return text;
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    throw new ConfigError(
      `${file}: cannot be read (${errorMessage(error)}). Give another one with --config FILE.`,
      error,
    );
  }
}

/** `${NAME}`, `${NAME:-default}` and `${file:PATH}` in a string. Throws ConfigError when the variable or file is not there. */
export function substitute(text: string, env: Environment): string {
  return text.replace(
    /\$\{(file:)?([^}]+?)(?::-([^}]*))?\}/g,
    (_, isFile: string | undefined, name: string, fallback: string | undefined) => {
      const value = isFile ? readText(name).trim() : (env[name] ?? fallback);
      if (value === undefined) throw new ConfigError(`the environment variable ${name} is not set`);
      return value;
    },
  );
}

function setPath(root: Record<string, unknown>, path: readonly string[], value: string): void {
  let node = root;
  for (const part of path.slice(0, -1)) {
    const next = node[part];
    node[part] = typeof next === 'object' && next !== null ? next : {};
    node = node[part] as Record<string, unknown>;
  }
  const last = path.at(-1);
  if (last !== undefined) node[last] = value;
}

function applyEnvironment(root: Record<string, unknown>, env: Environment): Map<string, string> {
  const origins = new Map<string, string>();
  for (const [name, value] of Object.entries(env)) {
    const dotted =
      WELL_KNOWN[name] ??
      (name.startsWith(PREFIX) ? name.slice(PREFIX.length).toLowerCase().replaceAll('__', '.') : null);
    if (!dotted || value === undefined || value === '') continue;
    setPath(root, dotted.split('.'), value);
    origins.set(dotted, name);
  }
  return origins;
}

/** Where the unknown key stands, not the object that holds it. */
function issuePath(issue: z.core.$ZodIssue): Path {
  return issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : issue.path;
}

function issueText(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') return `there is no such setting; take it out or mend its name`;
  return issue.message;
}

function substituteAll(
  value: unknown,
  path: Path,
  env: Environment,
  fail: (path: Path, message: string) => void,
): unknown {
  if (typeof value === 'string') {
    try {
      return substitute(value, env);
    } catch (error) {
      fail(path, errorMessage(error));
      return value;
    }
  }
  if (Array.isArray(value)) return value.map((item, i) => substituteAll(item, [...path, i], env, fail));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [name, substituteAll(item, [...path, name], env, fail)]),
    );
  }
  return value;
}

/**
 * Reads and checks one YAML file. Precedence: environment over file over default.
 * Throws ConfigError with one `file:line:column setting: message` per mistake, all at once.
 */
export function loadConfig(file: string, env: Environment): LoadedConfig {
  const shown = relative('.', resolve(file)) || file;
  const lines = new LineCounter();
  const document = parseDocument(readText(file), {
    lineCounter: lines,
    prettyErrors: false,
    maxAliasCount: 100,
  } as never);
  const mistakes: string[] = document.errors.map((error) => {
    const { line, col } = lines.linePos(error.pos[0]);
    return `${shown}:${line}:${col}: ${error.message}`;
  });
  if (mistakes.length > 0) throw new ConfigError(mistakes.join('\n'));

  const locate = createLocator(document, lines);
  let origins = new Map<string, string>();
  const where = (path: Path): string => {
    const dotted = path.map(String).join('.');
    const variable = origins.get(dotted);
    const { line, col } = locate(path);
    return variable ? `environment ${variable} (${dotted})` : `${shown}:${line}:${col} ${dotted}`;
  };
  const fail = (path: Path, message: string): void => void mistakes.push(`${where(path)}: ${message}`);

  const raw = substituteAll(document.toJS() ?? {}, [], env, fail);
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw))
    throw new ConfigError(`${shown}:1:1: a mapping is expected, such as "sources:"`);
  origins = applyEnvironment(raw as Record<string, unknown>, env);
  const parsed = configSchema.safeParse(raw);
  for (const issue of parsed.error?.issues ?? []) fail(issuePath(issue), issueText(issue));
  if (parsed.success) for (const [path, message] of duplicateKeys(parsed.data)) fail(path, message);
  if (mistakes.length > 0 || !parsed.success) throw new ConfigError(mistakes.join('\n'));
  return { config: parsed.data, file: resolve(file), where };
}

function duplicateKeys(config: Config): [Path, string][] {
  return (['sources', 'topics', 'crm'] as const).flatMap((list) => {
    const seen = new Set<string>();
    return config[list].flatMap(({ key }, i): [Path, string][] => {
      if (seen.has(key))
        return [[[list, i, 'key'], `"${key}" is used twice; every key in ${list} must be its own`]];
      seen.add(key);
      return [];
    });
  });
}

const SECRET_NAME = /secret|password|token|master_key|api_key|webhook_url/i;

/** The configuration as it is in force, without secrets: for `molva config print`. */
export function redactConfig(value: unknown, name = ''): unknown {
  if (typeof value === 'string') {
    if (SECRET_NAME.test(name)) return '[redacted]';
    return value.replace(/(\w+:\/\/[^/:@\s]*:)[^@/\s]+@/g, '$1[redacted]@');
  }
  if (Array.isArray(value)) return value.map((item) => redactConfig(item, name));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, redactConfig(item, key)]));
  }
  return value;
}
