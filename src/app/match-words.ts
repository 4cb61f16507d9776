import { readFile } from 'node:fs/promises';
import { parseRows } from '../../config/lexicons.ts';
import { loadNameTables } from '../../config/name-tables.ts';
import { createClaimReader } from '../match/claims/reader.ts';
import { createNameLexicon } from '../match/names/lexicon.ts';
import { createGazetteer } from '../match/places.ts';
import type { MatchWords } from '../match/signs.ts';

const CLAIMS = new URL('../../models/claims.tsv', import.meta.url);
const CLAIM_COLUMNS = 5;

/** Tables and weights of matching, read once. Throws ConfigError naming file and line. */
export async function loadMatchWords(): Promise<MatchWords> {
  const [{ firstNames, cities }, claims] = await Promise.all([loadNameTables(), readFile(CLAIMS, 'utf8')]);
  const weights = parseRows(claims, 'claims.tsv', CLAIM_COLUMNS).map(
    ({ cells: [feature = '', ...columns] }) => [feature, columns.map(Number)] as const,
  );
  return {
    names: createNameLexicon(firstNames),
    places: createGazetteer(cities),
    claims: createClaimReader(new Map(weights)),
  };
}
