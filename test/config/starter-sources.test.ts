import { describe, expect, it } from 'vitest';
import { STARTER_SOURCES } from '../../config/starter-sources.ts';
import { crawlers } from '../../crawlers/registry.ts';
import { proposeSources } from '../../dashboards/start/sources.ts';
import { isPublicTarget } from '../../src/fetch/target.ts';
import { TRADES } from '../../src/model/starter-source.ts';
import { LANGUAGES } from '../../src/model/user.ts';

describe('the sources that are proposed to whoever begins', () => {
  it('are public addresses over https, each once, of kinds that are known', () => {
    const kinds = crawlers.map(({ kind }) => kind);
    for (const { kind, url } of STARTER_SOURCES) {
      expect(kinds).toContain(kind);
      expect(new URL(url).protocol, url).toBe('https:');
      expect(isPublicTarget(url, []), url).toBe(true);
    }
    expect(new Set(STARTER_SOURCES.map(({ key }) => key)).size).toBe(STARTER_SOURCES.length);
    expect(new Set(STARTER_SOURCES.map(({ url }) => url)).size).toBe(STARTER_SOURCES.length);
  });

  it.each(LANGUAGES)('hold in %s two of every trade at least, before those for all', (language) => {
    for (const trade of TRADES) {
      const proposed = proposeSources(STARTER_SOURCES, { language, trade });
      const own = proposed.filter(({ trades }) => trades.includes(trade));
      expect(own.length, trade).toBeGreaterThanOrEqual(2);
      expect(proposed.slice(0, own.length)).toEqual(own);
      expect(proposed.every((one) => one.language === language)).toBe(true);
    }
  });
});
