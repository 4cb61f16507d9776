import type { z } from 'zod';
import type { LoadedConfig } from '../../config/load.ts';
import { crawlers } from '../../crawlers/registry.ts';
import { chatConnectors } from '../act/chat/registry.ts';
import { connectors } from '../act/crm/registry.ts';
import { ConfigError } from '../lib/errors.ts';
import { describeIssue } from '../query/issues.ts';
import { readRuleQuery, readTopicQuery } from '../query/saved.ts';

interface Plugin {
  kind: string;
  settings: z.ZodType;
}

type Path = readonly (string | number)[];

function checkPlugin(
  loaded: LoadedConfig,
  path: Path,
  entry: { kind: string; settings: unknown },
  plugins: readonly Plugin[],
): string[] {
  const plugin = plugins.find((p) => p.kind === entry.kind);
  if (!plugin)
    return [
      `${loaded.where([...path, 'kind'])}: there is no kind "${entry.kind}"; known: ${plugins.map((p) => p.kind).join(', ')}`,
    ];
  const issues = plugin.settings.safeParse(entry.settings).error?.issues ?? [];
  return issues.map(
    (issue) =>
      `${loaded.where([...path, 'settings', ...(issue.path as (string | number)[])])}: ${issue.message}`,
  );
}

/** Secrets that a channel's settings name, and that are not there. */
function checkSecrets(
  loaded: LoadedConfig,
  at: number,
  { kind, settings }: { kind: string; settings: unknown },
): string[] {
  const connector = chatConnectors.find((one) => one.kind === kind);
  if (!connector?.settings.safeParse(settings).success) return [];
  return connector
    .secrets(settings)
    .filter((name) => !loaded.config.secrets[name])
    .map((name) => `${loaded.where(['channels', at, 'settings'])}: there is no "${name}" in secrets`);
}

function checkQuery(
  loaded: LoadedConfig,
  path: Path,
  { key, query }: { key: string; query: string },
): string[] {
  const parsed = readTopicQuery(query, loaded.config.topics, key);
  if ('query' in parsed) return [];
  return parsed.issues.map((issue) => `${loaded.where(path)}: ${describeIssue(query, issue, 'en')}`);
}

/** What only webhooks can be told, and conditions that cannot be read. */
function checkSubscriptions(loaded: LoadedConfig): string[] {
  const { crm, topics } = loaded.config;
  return crm.flatMap(({ kind, events, filter }, i) => {
    const wrong = kind === 'webhook' ? [] : events.filter((event) => event !== 'complaints');
    const parsed = filter === undefined ? null : readRuleQuery(filter, topics);
    const issues = parsed && 'issues' in parsed ? parsed.issues : [];
    return [
      ...wrong.map(
        (event) =>
          `${loaded.where(['crm', i, 'events'])}: only a webhook can be told of ${event}; leave it out`,
      ),
      ...issues.map(
        (issue) => `${loaded.where(['crm', i, 'filter'])}: ${describeIssue(filter ?? '', issue, 'en')}`,
      ),
    ];
  });
}

function checkCalendars({ config, where }: LoadedConfig): string[] {
  const { calendar, topic_calendars } = config.cases;
  const named: [Path, string][] = Object.entries(topic_calendars).map(([topic, name]) => [
    ['cases', 'topic_calendars', topic],
    name,
  ]);
  if (calendar !== undefined) named.push([['cases', 'calendar'], calendar]);
  return named
    .filter(([, name]) => !(name in config.calendars))
    .map(([path, name]) => `${where(path)}: there is no calendar "${name}"; name it under calendars`);
}

/** Two CRMs that are read number their customers alike: number 275 of one would be number 275 of the other. */
function sameNumbers(loaded: LoadedConfig): string[] {
  const seen = new Map<unknown, string>();
  return loaded.config.crm.flatMap(({ key, pull, settings }, i) => {
    if (!pull?.customers) return [];
    const prefix = settings.customer_prefix ?? '';
    const other = seen.get(prefix);
    seen.set(prefix, key);
    if (other === undefined) return [];
    return [
      `${loaded.where(['crm', i, 'settings'])}: customers are read from "${other}" and "${key}"; give each its own customer_prefix`,
    ];
  });
}

/** What the schema alone cannot know: plugin settings, topic queries, keys that refer to others. Throws ConfigError with all mistakes. */
export function checkConfig(loaded: LoadedConfig): void {
  const { config } = loaded;
  const topics = new Set(config.topics.map((topic) => topic.key));
  const mistakes = [
    ...config.sources.flatMap((source, i) => checkPlugin(loaded, ['sources', i], source, crawlers)),
    ...config.crm.flatMap((crm, i) => checkPlugin(loaded, ['crm', i], crm, connectors)),
    ...sameNumbers(loaded),
    ...config.channels.flatMap((channel, i) => checkPlugin(loaded, ['channels', i], channel, chatConnectors)),
    ...config.channels.flatMap((channel, i) => checkSecrets(loaded, i, channel)),
    ...config.topics.flatMap((topic, i) => checkQuery(loaded, ['topics', i, 'query'], topic)),
    ...config.digests.flatMap((digest, i) =>
      (digest.topics ?? []).flatMap((key, k) =>
        topics.has(key) ? [] : [`${loaded.where(['digests', i, 'topics', k])}: there is no topic "${key}"`],
      ),
    ),
  ];
  mistakes.push(...checkCalendars(loaded), ...checkSubscriptions(loaded));
  if (mistakes.length > 0) throw new ConfigError(mistakes.join('\n'));
}
