// A thread does not inherit the loader that lets Node read TypeScript: this file brings it along, as bin/molva.js does.
import { register } from 'tsx/esm/api';

register();
await import('./pglite-worker.ts');
