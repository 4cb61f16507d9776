import { z } from 'zod';
import { casePayload, withdrawalPayload } from '../../model/case-payload.ts';
import { inboundMessage } from './inbound.ts';

const SCHEMAS = { case: casePayload, withdrawal: withdrawalPayload, 'case-status': inboundMessage } as const;
export type SchemaName = keyof typeof SCHEMAS;
export const SCHEMA_NAMES = Object.keys(SCHEMAS) as SchemaName[];

export function isSchemaName(name: string): name is SchemaName {
  return Object.hasOwn(SCHEMAS, name);
}

/** What is told of cases, and what may be told to us, as JSON Schema 2020-12. */
export function jsonSchemaOf(name: SchemaName): object {
  return z.toJSONSchema(SCHEMAS[name], { target: 'draft-2020-12' });
}
