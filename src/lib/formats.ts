const known = new Map<string, unknown>();

/** Formats are dear to make, and a page shows a thousand dates and numbers: each is made once. There are few languages and zones. */
function once<Format>(kind: string, language: string, options: object, make: () => Format): Format {
  const key = JSON.stringify([kind, language, options]);
  const format = (known.get(key) as Format | undefined) ?? make();
  known.set(key, format);
  return format;
}

/** Throws RangeError for an unknown zone. */
export const dateFormat = (language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
  once('date', language, options, () => new Intl.DateTimeFormat(language, options));

export const numberFormat = (language: string, options: Intl.NumberFormatOptions = {}): Intl.NumberFormat =>
  once('number', language, options, () => new Intl.NumberFormat(language, options));

export const pluralRules = (language: string): Intl.PluralRules =>
  once('plural', language, {}, () => new Intl.PluralRules(language));
