/** What a row of a file can be about. */
export const FILE_KINDS = ['customers', 'purchases', 'contacts', 'consents'] as const;
export type FileKind = (typeof FILE_KINDS)[number];

/** What a column can hold, of each kind of file. `external_id` is always the customer's. */
export const FIELDS = {
  customers: [
    'external_id',
    'name',
    'last_name',
    'first_name',
    'patronymic',
    'emails',
    'phones',
    'handles',
    'company',
    'role',
    'owner',
    'city',
    'addresses',
    'address_part',
    'birth_year',
    'language',
    'tier',
    'segments',
    'interests',
    'purchases',
    'contacts',
    'consents',
  ],
  purchases: ['external_id', 'purchase_id', 'at', 'amount', 'currency', 'item', 'channel'],
  contacts: ['external_id', 'contact_id', 'at', 'kind', 'channel', 'direction', 'answered', 'subject'],
  consents: ['external_id', 'channel', 'purpose', 'state', 'at', 'origin'],
} as const satisfies Record<FileKind, readonly string[]>;

export type Field = (typeof FIELDS)[FileKind][number];

/** Without these a row of facts says nothing. */
export const NEEDED: Readonly<Record<FileKind, readonly Field[]>> = {
  customers: ['external_id'],
  purchases: ['external_id', 'purchase_id', 'at', 'amount', 'item'],
  contacts: ['external_id', 'at', 'kind'],
  consents: ['external_id', 'channel', 'purpose', 'state', 'at'],
};

export function fieldsOf(kind: FileKind): readonly Field[] {
  return FIELDS[kind];
}

export const isField = (kind: FileKind, text: string): text is Field =>
  fieldsOf(kind).some((one) => one === text);
