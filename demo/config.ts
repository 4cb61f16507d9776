import { stringify } from 'yaml';

export interface DemoAddresses {
  folder: string;
  port: number;
  /** Address of the sample world, without a slash at its end. */
  world: string;
  crmUrl: string;
  crmSecret: string;
  smtpUrl: string;
  /** `HH:MM` of the digest. */
  digestAt: string;
  zone: string;
}

const host = (url: string): string => new URL(url).host;

/** The configuration of the demo: an ordinary one, whose addresses happen to be on this machine. */
export function demoConfig(demo: DemoAddresses): string {
  const { world } = demo;
  const feed = (key: string, name: string, path: string) => ({
    key,
    kind: 'feed',
    name,
    url: `${world}${path}`,
  });
  return stringify({
    web: { port: demo.port },
    store: { folder: demo.folder },
    crawl: {
      every: '10s',
      host_delay: '50ms',
      timeout: '8s',
      allow_private: [host(world), host(demo.crmUrl)],
    },
    sources: [
      feed('kuhnya', 'Кухня без суеты', '/kuhnya/rss.xml'),
      feed('dvor', 'Дворовый блокнот', '/dvor/atom.xml'),
      feed('homemaker', 'The Homemaker', '/homemaker/feed.json'),
      { key: 'forum', kind: 'phpbb', name: 'Форум «Хозяйство»', url: `${world}/forum/viewforum.php?f=2` },
      feed('slow', 'Медленная лента', '/slow/feed.xml'),
      feed('broken', 'Испорченная лента', '/broken/feed.xml'),
      feed('missing', 'Пропавшая лента', '/missing/'),
    ],
    topics: [
      { key: 'romashka', name: 'Ромашка', query: 'ромашка NOT ("аптечная ромашка" OR цветок)' },
      { key: 'lyutik', name: 'Лютик', query: 'лютик' },
      { key: 'daisy', name: 'Daisy & Co', query: '"daisy co" OR "Daisy & Co"' },
    ],
    customers: { files: [`${demo.folder}/customers.csv`, `${demo.folder}/purchases.jsonl`] },
    crm: [{ key: 'crm', kind: 'webhook', settings: { url: demo.crmUrl, secrets: [demo.crmSecret] } }],
    digests: [{ to: 'pr@romashka.example', language: 'ru', zone: demo.zone, at: demo.digestAt }],
    smtp: { url: demo.smtpUrl, from: 'molva@romashka.example' },
    log: { level: 'error' },
  });
}
