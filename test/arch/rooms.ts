/** Which room may import which: the map of the house, as ARCHITECTURE.md draws it. Paths are prefixes. */
export const ROOMS: Readonly<Record<string, readonly string[]>> = {
  'src/model': [],
  'src/lib': ['src/model'],
  'src/fetch': ['src/model', 'src/lib'],
  'src/extract': ['src/model', 'src/lib'],
  'src/query': ['src/model', 'src/lib'],
  'src/understand': ['src/model', 'src/lib', 'src/query'],
  'src/value': ['src/model', 'src/lib'],
  'src/store': ['src/model', 'src/lib'],
  'src/search': ['src/model', 'src/lib', 'src/query'],
  'src/match': ['src/model', 'src/lib', 'src/store'],
  'src/act': ['src/model', 'src/lib', 'src/store', 'src/search'],
  'src/jobs': [
    'src/model',
    'src/lib',
    'src/fetch',
    'src/extract',
    'src/query',
    'src/understand',
    'src/value',
    'src/store',
    'src/search',
    'src/match',
    'src/act',
  ],
  'src/commands': [
    'src/model',
    'src/lib',
    'src/query',
    'src/understand',
    'src/value',
    'src/store',
    'src/search',
    'src/match',
    'src/act',
    'src/jobs',
  ],
  crawlers: ['src/model', 'src/lib', 'src/extract'],
  dashboards: [
    'src/model',
    'src/lib',
    'src/query',
    'src/value',
    'src/store',
    'src/search',
    'src/match',
    'src/act',
  ],
  config: ['src/model', 'src/lib'],
  // The composition root and the demo around it: they know everything, nobody knows them.
  'src/app': ['src', 'crawlers', 'dashboards', 'config'],
  'src/main.ts': ['src', 'config', 'demo'],
  demo: ['src', 'config'],
  // Lives through days of a local blogosphere with the real parts.
  world: ['src', 'crawlers', 'config'],
  // Measures us on corpora at hand.
  corpus: ['src/model', 'src/lib', 'src/fetch', 'src/extract', 'src/understand', 'src/query'],
  // Makes the files in models/, and measures the taggers with them.
  training: ['src/model', 'src/lib', 'src/understand', 'src/match', 'src/app', 'config', 'corpus'],
};

/** The only rooms that open connections themselves. */
export const NETWORK = {
  /** Libraries and Node's own modules that speak to a network. */
  modules: [
    'undici',
    'openid-client',
    'playwright',
    'node:http',
    'node:https',
    'node:net',
    'node:tls',
    'node:dns',
    'node:dns/promises',
    'nodemailer',
    'meilisearch',
    'pg',
  ],
  /** Where they may be imported. The dashboard listens, the control socket is local, the demo plays the outside. */
  rooms: ['src/fetch', 'src/search', 'src/act/mail', 'src/store/postgres.ts', 'src/app', 'demo'],
};
