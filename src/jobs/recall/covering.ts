import { type AddressPlace, isWithin, placeOf } from '../../extract/address-place.ts';
import type { SourceId } from '../../model/ids.ts';
import type { KnownPage } from '../../model/ports.ts';
import type { Source } from '../../model/source.ts';
import type { SourceHealth } from '../../model/source-health.ts';
import type { Db } from '../../store/db.ts';
import { pageMemory } from '../../store/pages.ts';
import { listReach, listSourcePlaces } from '../../store/source-places.ts';
import { getSource } from '../../store/sources.ts';
import { assessSource } from '../source-health.ts';

/** A source to whose place an address belongs. */
export interface Covering {
  source: Source;
  isRemoved: boolean;
  /** Of how sure it is, the surest last. maybe: the address does not say whose page it is. site: the same host. folder: below its address. */
  level: 'maybe' | 'site' | 'folder' | 'page';
  /** The page, when the source keeps it in mind. */
  page: KnownPage | null;
  health: SourceHealth;
}

const LEVELS = ['maybe', 'site', 'folder', 'page'] as const;
type Level = Exclude<Covering['level'], 'page'>;
/** Newest documents of a source that say where it leads to. */
const REACH = 10;
const MOST = 20;

/** The folder of a source's address, when it is not the whole site. */
function isBelow(address: string, source: string): boolean {
  const folder = new URL(source).pathname.replace(/[^/]*$/, '');
  return folder.length > 1 && new URL(address).pathname.startsWith(folder);
}

function levelOf(address: string, place: AddressPlace, urls: readonly string[]): Level | null {
  let best: Level | null = null;
  for (const url of urls) {
    const other = placeOf(url);
    const within = other ? isWithin(place, other) : 'no';
    if (within === 'no') continue;
    const level = within === 'maybe' ? 'maybe' : isBelow(address, url) ? 'folder' : 'site';
    if (best === null || LEVELS.indexOf(level) > LEVELS.indexOf(best)) best = level;
  }
  return best;
}

/** The addresses under which a source may keep the page in mind. */
function pageAddresses(address: string): string[] {
  const url = new URL(address);
  const bare = url.host.replace(/^www\./, '');
  const path = url.pathname.replace(/(?<!\/)\/+$/, '');
  const tails = [path, `${path}/`].map((one) => `${one}${url.search}`);
  const hosts = [`https://${bare}`, `http://${bare}`, `https://www.${bare}`, `http://www.${bare}`];
  return [
    address,
    ...hosts.flatMap((host) => tails.flatMap((tail) => [`${host}${tail}`, `${host}${tail}${url.hash}`])),
  ];
}

interface Candidate {
  id: SourceId;
  level: Level;
  isRemoved: boolean;
}

/** By the addresses of the sources; where these say nothing for sure, by what their documents say. */
async function findCandidates(db: Db, address: string, place: AddressPlace): Promise<Candidate[]> {
  const places = await listSourcePlaces(db);
  const found = places.flatMap(({ id, urls, removedAt }) => {
    const level = levelOf(address, place, urls);
    return level === null ? [] : [{ id, level, isRemoved: removedAt !== null }];
  });
  if (found.some(({ level, isRemoved }) => level !== 'maybe' && !isRemoved)) return found;
  const removed = new Map(places.map(({ id, removedAt }) => [id, removedAt !== null]));
  const reaching = (await listReach(db, REACH)).flatMap(({ id, urls }) => {
    const isThere = levelOf(address, place, urls);
    const isRemoved = removed.get(id) ?? false;
    return isThere === null || isThere === 'maybe' ? [] : [{ id, level: 'site' as const, isRemoved }];
  });
  const sure = new Set(reaching.map(({ id }) => id));
  return [...reaching, ...found.filter(({ id }) => !sure.has(id))];
}

/** How likely the source is the one that should have brought the page: those that work come first. */
function rank({ source, isRemoved, level, health }: Covering): number {
  const isOn = source.enabled && !isRemoved && source.goneAt === null;
  const isWell = health.state !== 'broken';
  return (isOn ? 100 : 0) + (isOn && isWell ? 50 : 0) + (isRemoved ? 0 : 20) + LEVELS.indexOf(level);
}

/** How one source stands to an address. null when there is no such source. */
export async function coverBy(
  db: Db,
  { id, level, isRemoved }: Candidate,
  address: string | null,
  now: Date,
): Promise<Covering | null> {
  const [source, health] = [await getSource(db, id), await assessSource(db, id, now)];
  if (!source || !health) return null;
  const pages = address === null ? new Map() : await pageMemory(db, id).get(pageAddresses(address));
  const [page = null] = pages.values();
  return { source, isRemoved, level: page ? 'page' : level, page, health };
}

/** The sources to whose place the address belongs, the likeliest first. */
export async function findCovering(db: Db, address: string, now: Date): Promise<Covering[]> {
  const place = placeOf(address);
  if (!place) return [];
  const candidates = await findCandidates(db, address, place);
  candidates.sort(
    (a, b) => Number(a.isRemoved) - Number(b.isRemoved) || LEVELS.indexOf(b.level) - LEVELS.indexOf(a.level),
  );
  const found: Covering[] = [];
  for (const candidate of candidates.slice(0, MOST)) {
    const covering = await coverBy(db, candidate, address, now);
    if (covering) found.push(covering);
  }
  return found.sort((a, b) => rank(b) - rank(a));
}
