import { mkdirSync, statfsSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import type { Environment, LoadedConfig } from '../../config/load.ts';
import type { ExitCode, Output } from '../commands/command.ts';
import { systemClock } from '../lib/clock.ts';
import { errorMessage } from '../lib/errors.ts';
import { findBinary } from '../search/binary.ts';
import { folderHolder } from '../store/lock.ts';
import { openPostgres } from '../store/postgres.ts';
import { checkConfig } from './check.ts';
import { openNetwork } from './crawling.ts';

interface Finding {
  name: string;
  state: 'ok' | 'warning' | 'error';
  message: string;
}

type Probe = () => Promise<Omit<Finding, 'name'>>;

const GB = 1024 ** 3;
const MIN_NODE = [20, 19] as const;

const ok = (message: string): Omit<Finding, 'name'> => ({ state: 'ok', message });
const warning = (message: string): Omit<Finding, 'name'> => ({ state: 'warning', message });
const failure = (message: string): Omit<Finding, 'name'> => ({ state: 'error', message });

async function probeNode(): Promise<Omit<Finding, 'name'>> {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const isOld = major < MIN_NODE[0] || (major === MIN_NODE[0] && minor < MIN_NODE[1]);
  return isOld
    ? failure(`Node ${process.versions.node} is too old: install 20.19 or newer`)
    : ok(`Node ${process.versions.node}`);
}

async function probeMachine(): Promise<Omit<Finding, 'name'>> {
  const memory = totalmem() / GB;
  const text = `${availableParallelism()} cores, ${memory.toFixed(1)} GB of memory`;
  return memory < 2
    ? warning(`${text}: 2 GB are the least for the embedded database and Meilisearch`)
    : ok(text);
}

function probeDisk(folder: string): Probe {
  return async () => {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const { bavail, bsize } = statfsSync(folder);
    const free = (bavail * bsize) / GB;
    const text = `${free.toFixed(1)} GB free in ${resolve(folder)}`;
    return free < 0.5
      ? failure(`${text}: make room, the database stops when the disk is full`)
      : free < 5
        ? warning(`${text}: little for an archive that grows`)
        : ok(text);
  };
}

function probeStore({ config }: LoadedConfig): Probe {
  return async () => {
    const { database_url: url, folder } = config.store;
    if (url) {
      await (await openPostgres(url, () => undefined)).close();
      return ok('PostgreSQL answers');
    }
    const holder = folderHolder(folder);
    return ok(holder ? `embedded, in use by the server (process ${holder.pid})` : 'embedded, free');
  };
}

function probeSearch({ config }: LoadedConfig, env: Environment): Probe {
  return async () => {
    if (config.search.mode === 'off') return warning('switched off; search answers from the database');
    if (config.search.url) return ok(`Meilisearch at ${new URL(config.search.url).host}`);
    const found = await findBinary({
      named: config.search.binary,
      path: env.PATH ?? '',
      cacheFolder: join(resolve(config.store.folder), 'bin'),
    });
    return 'path' in found
      ? ok(`Meilisearch: ${found.path}`)
      : warning(`no Meilisearch: ${found.missing}; search answers from the database`);
  };
}

function probeSources(loaded: LoadedConfig): Probe {
  return async () => {
    const first = loaded.config.sources.find((source) => source.enabled);
    if (!first) return warning('no sources are configured');
    const network = openNetwork(loaded.config, systemClock);
    try {
      const answer = await network.http.send({ url: first.url, timeoutMs: 10_000 });
      return answer.status < 400
        ? ok(`${first.url} answers`)
        : warning(`${first.url} answers HTTP ${answer.status}`);
    } catch (error) {
      return warning(`${first.url}: ${errorMessage(error)}`);
    } finally {
      await network.close();
    }
  };
}

function probeMail({ config }: LoadedConfig): Probe {
  return async () => {
    if (config.digests.length === 0) return ok('no digests are configured');
    return config.smtp
      ? ok(`SMTP at ${new URL(config.smtp.url).host}`)
      : warning(
          'digests are configured, but no SMTP server: set smtp.url and smtp.from; digests wait until then',
        );
  };
}

/** Looks at everything the program needs and says in words what is wrong and what to do. Changes nothing. */
async function examine(load: () => Promise<LoadedConfig>, env: Environment): Promise<Finding[]> {
  const run = async (name: string, probe: Probe): Promise<Finding> => {
    try {
      return { name, ...(await probe()) };
    } catch (error) {
      return { name, state: 'error', message: errorMessage(error) };
    }
  };
  const findings = [await run('node', probeNode), await run('machine', probeMachine)];
  let loaded: LoadedConfig;
  try {
    loaded = await load();
    checkConfig(loaded);
  } catch (error) {
    return [...findings, { name: 'config', state: 'error', message: errorMessage(error) }];
  }
  const probes: [string, Probe][] = [
    ['config', async () => ok(loaded.file)],
    ['disk', probeDisk(loaded.config.store.folder)],
    ['store', probeStore(loaded)],
    ['search', probeSearch(loaded, env)],
    ['network', probeSources(loaded)],
    ['mail', probeMail(loaded)],
  ];
  for (const [name, probe] of probes) findings.push(await run(name, probe));
  return findings;
}

const MARKS = { ok: '✓', warning: '!', error: '✗' };

/** `molva doctor`: 1 when something is wrong. */
export async function runDoctor(
  load: () => Promise<LoadedConfig>,
  env: Environment,
  out: Output,
): Promise<ExitCode> {
  const findings = await examine(load, env);
  for (const finding of findings)
    out.data(finding, `${MARKS[finding.state]} ${finding.name}: ${finding.message}`);
  return findings.some((finding) => finding.state === 'error') ? 1 : 0;
}
