import { amocrm } from './amocrm.ts';
import { bitrix24 } from './bitrix24.ts';
import { chatwoot } from './chatwoot.ts';
import { espocrm } from './espocrm.ts';
import { hubspot } from './hubspot.ts';
import { odoo } from './odoo.ts';
import { salesforce } from './salesforce.ts';
import { suitecrm } from './suitecrm.ts';
import type { VendorServer } from './world.ts';
import { zendesk } from './zendesk.ts';

/** One line a vendor. */
export const vendorServers: readonly VendorServer[] = [
  bitrix24,
  hubspot,
  amocrm,
  zendesk,
  salesforce,
  espocrm,
  odoo,
  suitecrm,
  chatwoot,
];
