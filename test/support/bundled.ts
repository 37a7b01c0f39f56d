import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';

export interface Bundled {
  fileOf(name: string): string;
  remove(): Promise<void>;
}

/**
 * Plain JavaScript from TypeScript entry points, for child processes that must start fast. It lies below
 * node_modules so that the packages, which are not bundled, are found.
 */
export const bundled = async (entryPoints: Readonly<Record<string, string>>): Promise<Bundled> => {
  const cache = resolve('node_modules/.cache');
  await mkdir(cache, { recursive: true });
  const outdir = await mkdtemp(join(cache, 'bundled-'));
  await build({
    entryPoints: { ...entryPoints },
    outdir,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
  });
  return {
    fileOf: (name) => join(outdir, `${name}.js`),
    remove: () => rm(outdir, { recursive: true }),
  };
};
