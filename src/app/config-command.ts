import { stringify } from 'yaml';
import { z } from 'zod';
import { type LoadedConfig, redactConfig } from '../../config/load.ts';
import { configSchema } from '../../config/schema.ts';
import type { ExitCode, Output } from '../commands/command.ts';

/** `molva config check`. Throws ConfigError with every mistake. */
export async function configCheck(loaded: LoadedConfig, file: string, out: Output): Promise<ExitCode> {
  const { checkConfig } = await import('./check.ts');
  checkConfig(loaded);
  const { sources, topics, digests, crm } = loaded.config;
  out.data(
    { ok: true },
    `${file}: ${sources.length} sources, ${topics.length} topics, ${digests.length} digests, ${crm.length} CRM endpoints`,
  );
  return 0;
}

export function configPrint({ config }: LoadedConfig, out: Output): ExitCode {
  const shown = redactConfig(config);
  out.data(shown, stringify(shown).trimEnd());
  return 0;
}

/** For editors: `# yaml-language-server: $schema=./app.schema.json` as the file's first line. */
export function configSchemaOf(out: Output): ExitCode {
  const schema = z.toJSONSchema(configSchema, { io: 'input', unrepresentable: 'any' });
  out.data(schema, JSON.stringify(schema, null, 2));
  return 0;
}
