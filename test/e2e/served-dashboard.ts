import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BrowserContext } from 'playwright';
import { afterAll, beforeAll } from 'vitest';
import { openDashboard, type TestDashboard, type Visitor } from '../dashboards/dashboard.ts';
import { LIMIT_MS } from './in-browser.ts';

export interface ServedDashboard {
  dashboard: TestDashboard;
  address: string;
  /** The browser is logged in as this visitor, and as nobody else. */
  enter(context: BrowserContext, visitor: Pick<Visitor, 'cookie'>): Promise<void>;
}

/** A dashboard in this process that a browser can look at, for all tests of the file that calls this; it is there once the tests run. */
export function useServedDashboard(): ServedDashboard {
  const served = {} as ServedDashboard;
  let server: Server | undefined;
  beforeAll(async () => {
    const dashboard = await openDashboard();
    const listening = createServer(dashboard.app).listen(0, '127.0.0.1');
    server = listening;
    await new Promise((done) => listening.once('listening', done));
    const address = `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
    const enter: ServedDashboard['enter'] = async (context, { cookie }) => {
      const [name = '', value = ''] = cookie.split('=');
      await context.clearCookies();
      await context.addCookies([{ name, value, url: address }]);
    };
    Object.assign(served, { dashboard, address, enter });
  }, LIMIT_MS);
  afterAll(async () => {
    server?.closeAllConnections();
    server?.close();
    await served.dashboard?.db.close();
  });
  return served;
}
