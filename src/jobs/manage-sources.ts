import type { z } from 'zod';
import { ConfigError, errorMessage, InputError } from '../lib/errors.ts';
import { sourceKeyOf } from '../lib/source-key.ts';
import type { SourceId } from '../model/ids.ts';
import type { Clock } from '../model/ports.ts';
import type { Source } from '../model/source.ts';
import { restartBackfill } from '../store/backfill.ts';
import type { Db } from '../store/db.ts';
import { findSourceByKey } from '../store/sources.ts';
import {
  addUserSource,
  findSourceByAddress,
  removeUserSource,
  replaceSettings,
  takenSourceKeys,
  updateUserSource,
} from '../store/user-sources.ts';
import { makeSchedule, type WantedSchedule } from './source-schedule.ts';

export interface ManageSourcesDeps {
  clock: Clock;
  /** Of every kind that can be watched. */
  kinds: readonly { kind: string; settings: z.ZodType }[];
  /** How often a source is visited that names no time. */
  defaultEveryMs: number;
  /** `host` or `host:port` of private networks that may be watched. */
  allowPrivate?: readonly string[];
}

/** What is left out is as by default. */
export type ScheduleChange = { [Name in keyof WantedSchedule]?: WantedSchedule[Name] | undefined };

/** What a person says of a source that is to be watched. */
export interface SourceDraft extends ScheduleChange {
  kind: string;
  url: string;
  name: string;
  key?: string | undefined;
  settings?: unknown;
  /** Of many that come at once, when this one is read first; by default at once. */
  firstVisitAt?: Date;
}

export interface AddedSource {
  id: SourceId;
  key: string;
  /** It was watched before. */
  isKnown: boolean;
}

const KEY = /^[a-z0-9][a-z0-9_-]{0,63}$/;

function refuse(at: string, message: string): InputError {
  return new InputError([{ at, message }]);
}

function checkedSettings(
  deps: ManageSourcesDeps,
  { kind, settings }: Pick<SourceDraft, 'kind' | 'settings'>,
): unknown {
  const found = deps.kinds.find((one) => one.kind === kind);
  if (!found)
    throw refuse(
      'kind',
      `there is no kind "${kind}"; known: ${deps.kinds.map((one) => one.kind).join(', ')}`,
    );
  const { error } = found.settings.safeParse(settings ?? {});
  if (error)
    throw new InputError(
      error.issues.map((issue) => ({ at: ['settings', ...issue.path].join('.'), message: issue.message })),
    );
  return settings ?? {};
}

function checkedUrl(url: string): string {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw refuse('url', 'is not an http(s) address');
  return new URL(url).href;
}

/** @throws InputError for a cron expression that is none */
function checkedSchedule(deps: ManageSourcesDeps, draft: ScheduleChange) {
  const everyMs = draft.everyMs ?? deps.defaultEveryMs;
  try {
    return { everyMs, schedule: makeSchedule({ ...draft, everyMs, adaptive: draft.adaptive ?? true }) };
  } catch (error) {
    if (error instanceof ConfigError) throw refuse('cron', errorMessage(error));
    throw error;
  }
}

function chooseKey(draft: SourceDraft, url: string, taken: ReadonlySet<string>): string {
  if (draft.key === undefined) return sourceKeyOf(url, taken);
  if (!KEY.test(draft.key)) throw refuse('key', 'use lower-case Latin letters, digits, - and _');
  if (taken.has(draft.key)) throw refuse('key', `"${draft.key}" is taken; choose another key`);
  return draft.key;
}

/**
 * Watches an address from now on. The same address in the same way is one source. `keys`: all that are taken, where the caller
 * knows them; the new one is put among them.
 * @throws InputError
 */
export async function addSource(
  deps: ManageSourcesDeps,
  tx: Db,
  draft: SourceDraft,
  keys?: Set<string>,
): Promise<AddedSource> {
  const url = checkedUrl(draft.url);
  const settings = checkedSettings(deps, draft);
  const { everyMs, schedule } = checkedSchedule(deps, draft);
  const known = await findSourceByAddress(tx, draft.kind, url);
  if (known && !known.isRemoved) return { id: known.id, key: known.key, isKnown: true };
  const key = known?.key ?? chooseKey(draft, url, keys ?? (await takenSourceKeys(tx)));
  keys?.add(key);
  const name = draft.name.trim().slice(0, 200) || new URL(url).host;
  const definition = { key, kind: draft.kind, name, url, settings, everyMs, schedule, enabled: true };
  const dueAt = draft.firstVisitAt ?? deps.clock.now();
  return { id: await addUserSource(tx, definition, dueAt), key, isKnown: false };
}

/** @throws InputError when the source comes from the configuration, or the schedule is none */
export async function rescheduleSource(
  deps: ManageSourcesDeps,
  tx: Db,
  source: Source,
  change: ScheduleChange & { name?: string; enabled?: boolean },
): Promise<void> {
  const { name, enabled } = change;
  const isRescheduled = [change.everyMs, change.adaptive, change.cron].some((wish) => wish !== undefined);
  const wanted = {
    ...(isRescheduled ? checkedSchedule(deps, change) : {}),
    ...(name?.trim() ? { name: name.trim().slice(0, 200) } : {}),
    ...(enabled === undefined ? {} : { enabled }),
  };
  if (!(await updateUserSource(tx, source.id, wanted, deps.clock.now()))) throw fromConfig(source.key);
}

/** Reads the source in another way from now on. @throws InputError when it comes from the configuration, or the settings are wrong */
export async function mendSource(
  deps: ManageSourcesDeps,
  tx: Db,
  { id, key, kind }: Source,
  settings: unknown,
): Promise<void> {
  const checked = checkedSettings(deps, { kind, settings });
  if (!(await replaceSettings(tx, id, checked, deps.clock.now()))) throw fromConfig(key);
}

function fromConfig(key: string): InputError {
  return refuse('source', `"${key}" stands in the configuration file: change or remove it there`);
}

/** @throws InputError when there is no such source, or it comes from the configuration */
export async function requireSource(db: Db, key: string): Promise<Source> {
  const source = await findSourceByKey(db, key);
  if (!source) throw refuse('source', `there is no source "${key}"; see molva source list`);
  return source;
}

/** Documents stay. @throws InputError when it comes from the configuration */
export async function removeSource(
  deps: ManageSourcesDeps,
  tx: Db,
  source: Source,
): Promise<'deleted' | 'hidden'> {
  const outcome = await removeUserSource(tx, source.id, deps.clock.now());
  if (outcome === 'refused') throw fromConfig(source.key);
  return outcome;
}

/**
 * Collects the past of so many days, as far as the source's lists lead.
 * @throws InputError when its kind knows no such limit, or it comes from the configuration
 */
export async function reachFurtherBack(
  deps: ManageSourcesDeps,
  tx: Db,
  source: Source,
  days: number,
): Promise<void> {
  if (source.origin === 'config') throw fromConfig(source.key);
  const settings = { ...(source.settings as Record<string, unknown>), pastDays: days };
  const kind = deps.kinds.find((one) => one.kind === source.kind);
  if (!kind?.settings.safeParse(settings).success)
    throw refuse('days', `sources of kind "${source.kind}" reach back as far as their lists lead`);
  await restartBackfill(tx, source.id, settings, deps.clock.now());
}
