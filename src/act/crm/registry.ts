import type { z } from 'zod';
import type { Crm, CrmConnector, CrmEdges } from '../../model/ports.ts';
import { amocrm } from './amocrm.ts';
import { bitrix24 } from './bitrix24.ts';
import { chatwoot } from './chatwoot.ts';
import { csv } from './csv.ts';
import { espocrm } from './espocrm.ts';
import { hubspot } from './hubspot.ts';
import { odoo } from './odoo.ts';
import { salesforce } from './salesforce.ts';
import { suitecrm } from './suitecrm.ts';
import { webhook } from './webhook.ts';
import { zendesk } from './zendesk.ts';

/** A connector whose settings have not been checked yet. */
export interface RegisteredConnector {
  kind: string;
  settings: z.ZodType;
  /** Throws ZodError when the settings are wrong. */
  connect(settings: unknown, edges: CrmEdges): Crm;
}

function register<Settings>(connector: CrmConnector<Settings>): RegisteredConnector {
  const { kind, settings } = connector;
  return { kind, settings, connect: (raw, edges) => connector.connect(settings.parse(raw), edges) };
}

/** One line a connector. */
export const connectors: readonly RegisteredConnector[] = [
  register(webhook),
  register(csv),
  register(bitrix24),
  register(hubspot),
  register(amocrm),
  register(zendesk),
  register(salesforce),
  register(espocrm),
  register(odoo),
  register(suitecrm),
  register(chatwoot),
];
