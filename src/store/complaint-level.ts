/** Level of a complaint in a column of jsonb; tags of older versions know none. */
export function levelIn(column: string): string {
  return `coalesce(${column}->>'level', case when (${column}->>'isComplaint')::boolean then 'alert' else 'none' end)`;
}

const STRONGEST = `(array['alert', 'review', 'none'])[min(array_position(array['alert', 'review', 'none'], ${levelIn('v.complaint')}))]`;

/** Level of a document named d: of its mention that looks most like a complaint, those in the basket apart; without any, of the whole; null: no tagger has told it. */
export const POST_LEVEL = `coalesce((select ${STRONGEST} from mentions v where v.document_id = d.id and v.basket_at is null),
  (select ${levelIn('w.value')} from tags w where w.document_id = d.id and w.kind = 'complaint' and w.target = ''))`;
