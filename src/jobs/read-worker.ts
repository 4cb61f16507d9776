import { parentPort, workerData } from 'node:worker_threads';
import { errorCode, errorMessage } from '../lib/errors.ts';

/** What a worker is asked and what it answers; results and arguments are plain data. */
export interface ReadJob {
  id: number;
  name: string;
  args: readonly unknown[];
}

export interface ReadFailure {
  name: string;
  code: string;
  message: string;
}

export type ReadAnswer =
  | { ready: true }
  | { id: number; result: unknown }
  | { id: number; failure: ReadFailure };

type Readers = Record<string, (...args: readonly unknown[]) => unknown>;

async function answer(readers: Readers, { id, name, args }: ReadJob): Promise<ReadAnswer> {
  try {
    const reader = readers[name];
    if (!reader) throw new TypeError(`there is no reader "${name}"`);
    return { id, result: await reader(...args) };
  } catch (error) {
    const kind = error instanceof Error ? error.name : 'Error';
    return { id, failure: { name: kind, code: errorCode(error), message: errorMessage(error) } };
  }
}

/** Only when it is started as a worker: the types above are imported by others. */
if (parentPort && typeof workerData?.readers === 'string') {
  const port = parentPort;
  const { readers } = (await import(workerData.readers)) as { readers: Readers };
  port.on('message', (job: ReadJob) => {
    answer(readers, job)
      .then((told) => port.postMessage(told))
      .catch((error: unknown) =>
        port.postMessage({
          id: job.id,
          failure: { name: 'Error', code: 'unexpected', message: errorMessage(error) },
        }),
      );
  });
  port.postMessage({ ready: true });
}
