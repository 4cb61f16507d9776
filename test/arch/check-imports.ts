import { cruise, type ICruiseResult, type IModule } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { NETWORK, ROOMS } from './rooms.ts';
import { heavyStarts } from './start-weight.ts';

const FOLDERS = ['src', 'crawlers', 'dashboards', 'config', 'demo', 'bin'];
/** A tool that looks at nothing finds nothing wrong: this many modules must have been seen. */
const LEAST_MODULES = 100;

function roomOf(path: string): string | undefined {
  return Object.keys(ROOMS).find((room) => path === room || path.startsWith(`${room}/`));
}

function isWithin(path: string, prefixes: readonly string[]): boolean {
  return prefixes.some((prefix) => path === prefix || path.startsWith(`${prefix}/`));
}

function wrongImports({ source, dependencies }: IModule): string[] {
  const room = roomOf(source);
  if (!room)
    return source.startsWith('bin/') || source.startsWith('node_modules')
      ? []
      : [`${source}: stands in no room of test/arch/rooms.ts`];
  return dependencies.flatMap(({ resolved, module, circular }) => {
    const found: string[] = [];
    const isOurs = roomOf(resolved) !== undefined;
    if (isOurs && !isWithin(resolved, [room, ...(ROOMS[room] ?? [])]))
      found.push(`${source}: ${room} may not import ${resolved}`);
    if (!isOurs && isWithin(module, NETWORK.modules) && !isWithin(source, NETWORK.rooms))
      found.push(`${source}: may not open connections with ${module}`);
    if (circular) found.push(`${source}: imports itself in a circle through ${resolved}`);
    return found;
  });
}

async function main(): Promise<number> {
  const tsConfig = extractTSConfig('tsconfig.json');
  const { output } = await cruise(
    FOLDERS,
    {
      tsPreCompilationDeps: true,
      doNotFollow: { path: 'node_modules' },
      ruleSet: { forbidden: [{ name: 'no-circular', severity: 'error', from: {}, to: { circular: true } }] },
      validate: true,
    },
    { resolveOptions: { extensions: ['.ts', '.js'] } } as never,
    { tsConfig } as never,
  );
  const { modules } = output as ICruiseResult;
  const ours = modules.filter((module) => roomOf(module.source));
  const wrong = [...ours.flatMap(wrongImports), ...heavyStarts(modules)];
  if (ours.length < LEAST_MODULES)
    wrong.push(`only ${ours.length} modules were looked at; the check itself is broken`);
  process.stdout.write(
    wrong.length > 0 ? `${wrong.join('\n')}\n` : `${ours.length} modules, every import goes one way\n`,
  );
  return wrong.length > 0 ? 1 : 0;
}

process.exitCode = await main();
