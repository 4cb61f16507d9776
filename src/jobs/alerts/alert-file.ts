import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { findKind } from '../../act/alerts/kinds/registry.ts';
import { errorMessage, InputError, type InputIssue } from '../../lib/errors.ts';
import {
  ALERT_KEY,
  type Alert,
  type AlertDefinition,
  alertPolicySchema,
  alertTellSchema,
} from '../../model/alert.ts';

const MAX_ALERTS = 500;

const definitionSchema = z.strictObject({
  key: z.string().regex(ALERT_KEY, 'use lower-case Latin letters, digits, - and _'),
  name: z.string().trim().min(1).max(200),
  kind: z.string(),
  settings: z.record(z.string(), z.unknown()).default({}),
  topics: z.array(z.string().max(64)).max(500).default([]),
  condition: z.string().trim().max(50_000).default(''),
  tell: alertTellSchema,
  policy: alertPolicySchema.prefault({}),
  enabled: z.boolean().default(true),
});

function toIssues(at: string, error: z.ZodError, under = ''): InputIssue[] {
  return error.issues.map(({ path, message }) => {
    const place = [at, ...(under ? [under] : []), ...path.map(String)].filter(Boolean).join('.');
    return { at: place, message };
  });
}

/** One alert as somebody wrote it, its settings checked by its kind. Mistakes name the field. */
export function readDefinition(value: unknown, at = ''): AlertDefinition | { issues: InputIssue[] } {
  const read = definitionSchema.safeParse(value);
  if (!read.success) return { issues: toIssues(at, read.error) };
  const kind = findKind(read.data.kind);
  if (!kind) return { issues: [{ at: `${at}.kind`, message: `there is no kind "${read.data.kind}"` }] };
  const settings = kind.settings.safeParse(read.data.settings);
  if (!settings.success) return { issues: toIssues(at, settings.error, 'settings') };
  const { condition } = read.data;
  if (kind.asksCondition && condition === '')
    return { issues: [{ at: `${at}.condition`, message: 'write a condition' }] };
  if (condition !== '' && kind.needs !== 'mentions')
    return {
      issues: [{ at: `${at}.condition`, message: 'this kind counts whole topics: make a topic of it' }],
    };
  return { ...read.data, settings: settings.data as Record<string, unknown> };
}

/** Reads one alert, or a list of them, as YAML or JSON. Throws InputError with every mistake and its place. */
export function readAlertFile(file: string, text: string): AlertDefinition[] {
  let value: unknown;
  try {
    value = parse(text, { maxAliasCount: 100 });
  } catch (error) {
    throw new InputError([{ at: file, message: errorMessage(error) }]);
  }
  const all = Array.isArray(value) ? value : [value];
  if (all.length === 0 || all.length > MAX_ALERTS)
    throw new InputError([{ at: file, message: `write 1 to ${MAX_ALERTS} alerts` }]);
  const read = all.map((one, at) => readDefinition(one, Array.isArray(value) ? `${file}[${at}]` : file));
  const issues = read.flatMap((one) => ('issues' in one ? one.issues : []));
  if (issues.length > 0) throw new InputError(issues);
  return read as AlertDefinition[];
}

function toWritten({ key, name, kind, settings, topics, condition, tell, policy, enabled }: Alert): object {
  return {
    key,
    name,
    kind,
    enabled,
    settings,
    topics,
    ...(condition === '' ? {} : { condition }),
    tell,
    policy,
  };
}

/** As `readAlertFile` reads it. */
export function writeAlerts(alerts: readonly Alert[]): string {
  const written = alerts.map(toWritten);
  return stringify(written.length === 1 ? written[0] : written, { lineWidth: 0 });
}
