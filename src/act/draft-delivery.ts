import { CASE_OPENED } from '../model/case.ts';
import type { CasePayload } from '../model/case-payload.ts';
import type { Delivery } from '../model/delivery.ts';
import type { Crm } from '../model/ports.ts';
import { PREVIEW_KEY } from './crm/vendor-crm.ts';
import { maskDraft } from './exchanges.ts';

/** A request that a delivery would make, secrets masked. */
export interface DraftedRequest {
  /** `read`: it was really asked, to find out what to write. */
  effect: 'read' | 'write';
  method: string;
  url: string;
  /** Empty where only the connector knows them. */
  headers: Readonly<Record<string, string>>;
  body: string;
}

/** What a delivery to a CRM would send now, by the code that sends it. null: this connector cannot say. May ask the CRM, and writes nothing there. */
export async function draftDelivery(
  crm: Crm,
  { id, eventType: type, createdAt: at, payload: data }: Delivery,
): Promise<DraftedRequest[] | null> {
  if (crm.draft) {
    const { method, url, headers, body } = maskDraft(crm.draft({ type, at, data }, id));
    return [{ effect: 'write', method, url, headers, body }];
  }
  if (type !== CASE_OPENED || !crm.preview) return null;
  const requests = await crm.preview(data as CasePayload);
  return requests.map(({ effect, method, path, body }) => ({
    effect,
    method,
    url: path.replaceAll(PREVIEW_KEY, id),
    headers: {},
    body: body === null ? '' : JSON.stringify(body, null, 2).replaceAll(PREVIEW_KEY, id),
  }));
}
