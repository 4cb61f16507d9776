/** How regional and second accounts of a firm are named in front: @ru_mts, @by_mts, @_Beeline_kz. */
const FRONTS = ['', '_', 'ru_', 'by_', 'kz_', 'ua_', 'uz_'];
const SHORTEST = 3;

/**
 * Beginnings of accounts, whatever follows (@megafonru, @MegaFonHelp). They find addresses of the mail domain too. People also write
 * an @ before the Cyrillic name, where no account can be.
 */
export function accountTerms(name: string, latin = ''): string[] {
  const named = latin.length >= SHORTEST ? FRONTS.map((front) => `@${front}${latin}*`) : [];
  return name !== latin && name.length >= SHORTEST ? [...named, `@${name}*`] : named;
}
