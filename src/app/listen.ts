import { createServer, type Server } from 'node:http';
import type { Config } from '../../config/schema.ts';
import { ConfigError } from '../lib/errors.ts';

/** The port that was got. Throws ConfigError with the remedy when there is none to be had. */
export function listen(server: Server, { host, port }: Config['web']): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const remedy =
        error.code === 'EADDRINUSE'
          ? `Port ${port} on ${host} is in use by another program. Stop it, or choose another port: MOLVA__WEB__PORT=8081.`
          : `The dashboard cannot listen on ${host}:${port} (${error.message}).`;
      reject(new ConfigError(remedy, error));
    });
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

/** Throws ConfigError when the dashboard could not listen now: told before a database is opened for nothing. */
export async function refuseTakenPort(web: Config['web']): Promise<void> {
  const server = createServer();
  await listen(server, web);
  await new Promise((done) => server.close(done));
}
