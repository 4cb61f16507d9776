import type { LoadedConfig } from '../../config/load.ts';
import { apiDocument } from '../../dashboards/api/document.ts';
import { operations } from '../../dashboards/api/registry.ts';
import type { ExitCode, Output } from '../commands/command.ts';
import { VERSION } from '../lib/version.ts';
import { publicUrl } from './deps.ts';

/** `molva api schema`: the same as the server gives at /api/v1/openapi.json. */
export function printApi({ config }: LoadedConfig, out: Output): ExitCode {
  const document = apiDocument(operations, { version: VERSION, url: publicUrl(config) });
  out.data(document, JSON.stringify(document, null, 2));
  return 0;
}
