import { REGISTER, type RegisterRow } from './texts/register.ts';

/**
 * The customer register of the sample world as CSV. `site` is the host and port at which the world is served, because
 * handles are known as `site/handle`.
 */
export function demoCustomersCsv(site: string): string {
  const head = 'external_id,name,emails,phones,handles,city,tier';
  const rows = REGISTER.map((row) =>
    [
      row.id,
      row.name,
      row.emails.join(';'),
      row.phones.join(';'),
      row.handles.map((handle) => `${site}/${handle}`).join(';'),
      row.city,
      row.tier,
    ]
      .map(cell)
      .join(','),
  );
  return `${[head, ...rows].join('\r\n')}\r\n`;
}

interface DemoPurchase {
  external_id: string;
  /** ISO 8601. */
  at: string;
  amount: number;
  currency: string;
  item: string;
  channel: string;
}

/** One customer a line, with what they bought in the year before `now`. */
export function demoPurchasesJsonl(site: string, now: Date): string {
  const lines = REGISTER.map((row) => ({
    external_id: row.id,
    name: row.name,
    emails: row.emails,
    phones: row.phones,
    handles: row.handles.map((handle) => `${site}/${handle}`),
    city: row.city,
    tier: row.tier,
    purchases: purchasesOf(row, now),
  }));
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}

function purchasesOf(row: RegisterRow, now: Date): DemoPurchase[] {
  return row.bought.map(([daysAgo, amount, item, channel], index) => ({
    external_id: `${row.id}-${index + 1}`,
    at: new Date(now.getTime() - daysAgo * 86_400_000).toISOString(),
    amount,
    currency: row.currency ?? 'RUB',
    item,
    channel,
  }));
}

function cell(value: string): string {
  return /[",\r\n;]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
