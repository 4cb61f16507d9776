import type { CrmShape } from '../../model/ports.ts';
import type { CrmGuide } from './guides.ts';

/** A text as YAML takes it, on one line. */
function quoted(text: string): string {
  return JSON.stringify(text.replace(/\p{Cc}/gu, ' ').slice(0, 200));
}

/** What stands behind a `#` must not end the line. */
const comment = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]/gu, ' ').slice(0, 120);

/** Settings that may be lists are written as such. */
function secretValue(setting: string, variable: string): string {
  const value = `"\${${variable}}"`;
  return setting === 'secrets' ? `[${value}]` : value;
}

/** Whatever looks like a field that was made for us. */
function keyFieldOf({ fields }: CrmShape): { id: string; name: string } | undefined {
  return fields.find(({ id, name }) => /molva|молва/i.test(`${id} ${name}`));
}

interface Line {
  setting: string;
  value: string;
  note: string;
  /** One of several: it stands there to be chosen. */
  isOffer: boolean;
}

function chosenLines({ chosen, numbers }: CrmGuide, shape: CrmShape): Line[] {
  const written = (setting: string, id: string): string =>
    numbers?.includes(setting) && /^\d{1,15}$/.test(id) ? id : quoted(id);
  const offer = (setting: string | undefined, one: { id: string; name: string }): Line[] =>
    setting === undefined
      ? []
      : [{ setting, value: written(setting, one.id), note: one.name, isOffer: true }];
  const key = keyFieldOf(shape);
  return [
    ...(chosen.keyField && key ? [{ ...offer(chosen.keyField, key)[0], isOffer: false } as Line] : []),
    ...shape.pipelines.flatMap((pipeline) => [
      ...offer(/^\d+$/.test(pipeline.id) ? chosen.pipeline : undefined, pipeline),
      ...pipeline.stages.flatMap((stage) => offer(chosen.stage, stage)),
    ]),
    ...shape.owners.slice(0, 50).flatMap((owner) => offer(chosen.owner, owner)),
  ];
}

/**
 * An entry of `crm:` in the configuration. Credentials are named, not written. With `shape`: what was found there, each
 * offered in a line behind `#`, to be chosen by taking the mark away.
 */
export function settingsSnippet(guide: CrmGuide, key: string, shape?: CrmShape): string {
  const found = shape ? chosenLines(guide, shape) : [];
  const fixed = new Map(found.filter(({ isOffer }) => !isOffer).map((line) => [line.setting, line]));
  const settings = [
    ...Object.entries(guide.plain).map(([setting, value]) => {
      const known = fixed.get(setting);
      if (known) return `      ${setting}: ${known.value} # ${comment(known.note)}`;
      return `      ${setting}: ${typeof value === 'number' ? value : quoted(value)}`;
    }),
    ...Object.entries(guide.secret).map(
      ([setting, name]) => `      ${setting}: ${secretValue(setting, name)}`,
    ),
    ...found
      .filter(({ isOffer }) => isOffer)
      .map(({ setting, value, note }) => `      # ${setting}: ${comment(value)} # ${comment(note)}`),
    ...statusLines(shape),
  ];
  return [
    'crm:',
    `  - key: ${quoted(key)}`,
    `    kind: ${guide.kind}`,
    ...(guide.pulls ? ['    pull: { every: 15m }'] : []),
    ...(settings.length > 0 ? ['    settings:', ...settings] : []),
    '',
  ].join('\n');
}

/** Where the usual reading of a stage is not what is meant. */
function statusLines(shape: CrmShape | undefined): string[] {
  const stages = new Map(
    shape?.pipelines.flatMap((pipeline) => pipeline.stages).map((stage) => [stage.id, stage.name]),
  );
  if (stages.size === 0) return [];
  return [
    '      # statuses:',
    ...[...stages].map(([id, name]) => `      #   ${comment(quoted(id))}: in_work # ${comment(name)}`),
  ];
}
