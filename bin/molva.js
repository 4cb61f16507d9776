#!/usr/bin/env node
// Starts the TypeScript sources directly: tsx strips the types, so there is no build step to forget.
import { register } from 'tsx/esm/api';

register();
const { main } = await import('../src/main.ts');
process.exitCode = await main(process.argv.slice(2));
