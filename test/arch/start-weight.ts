import type { IModule } from 'dependency-cruiser';

const MAIN = 'src/main.ts';
const REGISTRY = 'src/commands/registry.ts';
/** Of ours, for one file; each costs some milliseconds. */
const MODULES_AT_MOST = 40;
const PACKAGES = ['commander', 'zod', 'yaml'];

/**
 * Every command waits for what its file imports, even when a running server carries it out. So what only `run` needs is imported
 * within it: a file that brings half of the program along at once is named here.
 */
export function heavyStarts(modules: readonly IModule[]): string[] {
  const atOnce = new Map(
    modules.map(({ source, dependencies }) => [
      source,
      dependencies.filter((one) => !one.dynamic && !one.dependencyTypes.includes('type-only')),
    ]),
  );
  const nouns = modules.find(({ source }) => source === REGISTRY)?.dependencies ?? [];
  const starts = [MAIN, ...nouns.filter((one) => one.dynamic).map((one) => one.resolved)];
  if (starts.length < 10)
    return [`only ${starts.length} files of commands were seen; the check itself is broken`];
  return starts.flatMap((start) => {
    const seen = new Set([start]);
    const packages = new Set<string>();
    for (const module of seen)
      for (const { resolved, module: name, dependencyTypes } of atOnce.get(module) ?? []) {
        if (atOnce.has(resolved) && !resolved.includes('node_modules')) seen.add(resolved);
        else if (!dependencyTypes.includes('core') && !PACKAGES.includes(name)) packages.add(name);
      }
    return [
      ...(seen.size > MODULES_AT_MOST
        ? [`${start}: imports ${seen.size} modules at once; see start-weight.ts`]
        : []),
      ...[...packages].map((name) => `${start}: imports ${name} at once; see start-weight.ts`),
    ];
  });
}
