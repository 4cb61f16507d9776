/** In the first pair of quotation marks that the text does not close itself. */
export function quote(text: string): string {
  if (!text.includes('"')) return `"${text}"`;
  return text.includes('»') ? `“${text}”` : `«${text}»`;
}
