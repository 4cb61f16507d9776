import type { AddressInfo } from 'node:net';
import express, { type Express, type Request, type Response } from 'express';
import type { Clock } from '../../../../src/model/ports.ts';

export interface Person {
  id: string;
  first: string;
  last: string;
  email: string;
  phone: string;
  updatedAt: Date;
}

export interface Sale {
  id: string;
  person: string;
  amount: number;
  title: string;
  isWon: boolean;
  updatedAt: Date;
}

export interface Case {
  id: string;
  key: string;
  person: string | null;
  title: string;
  text: string;
  stage: string;
}

export interface Note {
  on: 'record' | 'customer';
  id: string;
  text: string;
}

export type Fault =
  | 'cut'
  | 'lose-reply'
  | 'hang'
  | '500'
  | '401'
  | '429'
  | 'broken-json'
  | 'huge'
  | 'refuse'
  | 'echo-secret';

export interface Asked {
  method: string;
  /** After the address in the settings. */
  path: string;
  body: unknown;
}

/** A CRM on loopback: what it holds, what it was asked, and what goes wrong next. */
export interface World {
  people: Person[];
  sales: Sale[];
  cases: Case[];
  notes: Note[];
  asked: Asked[];
  /** Requests that came faster than the vendor allows. */
  violations: number;
  /** The next `times` requests that `isMeant` go wrong so. */
  fail(fault: Fault, isMeant?: (asked: Asked) => boolean, times?: number): void;
  /** Nothing more goes wrong. Returns how often it still would have. */
  heal(): number;
  clock: Clock;
}

/** How a vendor plays its part. */
export interface VendorServer {
  kind: string;
  /** The number of the n-th customer, in order. */
  personId(n: number): string;
  /** Path below which the API stands; it may hold a secret. */
  basePath: string;
  secrets: readonly string[];
  settings(baseUrl: string): object;
  limits: readonly Limit[];
  /** Answers that refuse, in the vendor's form. */
  refuse(res: Response, what: 'limit' | 'credentials' | 'bad', words: string): void;
  routes(app: Express, world: World): void;
  /** Does this request make, change or note something? */
  isWrite(asked: Asked): boolean;
  /** Requests that stand in no preview: for tokens. */
  isPreparation?(asked: Asked): boolean;
  stages: { open: string; in_work: string; closed: string };
  noPurchases?: true;
  noCustomerNotes?: true;
  /** Nobody is found by his e-mail. */
  noEmailSearch?: true;
  /** What has changed cannot be asked for: all is read each time. */
  readsAll?: true;
}

export interface Limit {
  /** Only requests whose path holds it. */
  path?: string;
  count: number;
  withinMs: number;
}

export interface Running extends World {
  settings: object;
  url: string;
  close(): Promise<void>;
}

/** More than `count` within any `withinMs`. */
function createMeter(clock: Clock, { path = '', count, withinMs }: Limit) {
  let times: number[] = [];
  return (asked: Asked): boolean => {
    if (!asked.path.includes(path)) return false;
    const now = clock.now().getTime();
    times = [...times.filter((at) => now - at < withinMs), now];
    return times.length > count;
  };
}

function breakAnswer(fault: Fault, vendor: VendorServer, res: Response): boolean {
  switch (fault) {
    case 'cut':
      res.socket?.destroy();
      return true;
    case 'hang':
      return true;
    case '500':
      res.status(500).type('html').send('<h1>Internal error</h1>');
      return true;
    case '401':
      vendor.refuse(res, 'credentials', 'the credentials have expired');
      return true;
    case '429':
      res.status(429).set('retry-after', '7').json({ error: 'slow down' });
      return true;
    case 'broken-json':
      res.status(200).type('json').send('{"result": [');
      return true;
    case 'huge':
      res
        .status(200)
        .type('json')
        .send(`{"x":"${'x'.repeat(50 * 2 ** 20)}"}`);
      return true;
    case 'refuse':
      vendor.refuse(res, 'bad', 'no: Анна Ковалёва, anna@example.ru, +79161234567');
      return true;
    case 'echo-secret':
      vendor.refuse(res, 'bad', `no: ${vendor.secrets.join(' ')}`);
      return true;
    case 'lose-reply':
      // The work is done, and nobody hears of it.
      res.end = (() => {
        res.socket?.destroy();
        return res;
      }) as Response['end'];
      return false;
  }
}

export async function startVendor(vendor: VendorServer, clock: Clock): Promise<Running> {
  const app = express();
  app.use(express.json({ limit: '1mb', type: ['application/json', 'application/vnd.api+json'] }));
  app.use(express.urlencoded({ extended: false }));
  const meters = vendor.limits.map((limit) => createMeter(clock, limit));
  let faults: { fault: Fault; isMeant: (asked: Asked) => boolean }[] = [];
  const world: World = {
    people: [],
    sales: [],
    cases: [],
    notes: [],
    asked: [],
    violations: 0,
    clock,
    fail: (fault, isMeant = () => true, times = 1) => {
      for (let i = 0; i < times; i += 1) faults.push({ fault, isMeant });
    },
    heal: () => faults.splice(0).length,
  };
  app.use((req: Request, res, next) => {
    const asked: Asked = {
      method: req.method,
      path: req.originalUrl.replace(vendor.basePath, ''),
      body: (req.body as unknown) ?? null,
    };
    world.asked.push(asked);
    if (meters.map((exceeds) => exceeds(asked)).some(Boolean)) {
      world.violations += 1;
      return vendor.refuse(res, 'limit', 'too many requests');
    }
    const fault = faults.find(({ isMeant }) => isMeant(asked));
    if (!fault) return next();
    faults = faults.filter((one) => one !== fault);
    if (!breakAnswer(fault.fault, vendor, res)) next();
  });
  vendor.routes(app, world);
  app.use((_req, res) => vendor.refuse(res, 'bad', 'there is no such method'));
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return Object.assign(world, {
    url,
    settings: vendor.settings(`${url}${vendor.basePath}`),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}

const HOSTILE = ['<script>alert(1)</script>', "Robert'); DROP TABLE--", '=HYPERLINK("x")', '😀\u202e', '  '];

/** So many customers, some with names that somebody meant ill. */
export function makePeople(vendor: VendorServer, count: number, updatedAt: Date): Person[] {
  return Array.from({ length: count }, (_, n) => ({
    id: vendor.personId(n),
    first: n % 500 === 7 ? (HOSTILE[(n / 500) | 0] ?? 'Анна') : `Анна${n}`,
    last: `Ковалёва${n}`,
    email: `anna${n}@example.ru`,
    phone: `+7916${String(1_000_000 + n)}`,
    updatedAt,
  }));
}
