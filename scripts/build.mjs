// Builds dist: tsc checks the types, esbuild makes the server and the local Slack's page. Plain JavaScript, so that it
// runs before anything is built. `built()` tells whether dist is newer than every source.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stamp = join(root, 'dist', '.built');
const page = join(root, 'src', 'local-slack', 'page');

const newest = (path) => {
  const found = statSync(path);
  if (!found.isDirectory()) return found.mtimeMs;
  return readdirSync(path).reduce(
    (latest, name) => Math.max(latest, newest(join(path, name))),
    found.mtimeMs,
  );
};

/** True when dist was made from the sources as they are. */
export const built = () => {
  if (!existsSync(stamp)) return false;
  const inputs = ['src', 'package.json', 'tsconfig.json', 'scripts/build.mjs'].map((name) =>
    join(root, name),
  );
  return inputs.every((path) => newest(path) <= statSync(stamp).mtimeMs);
};

const toolsPresent = () => {
  const require = createRequire(import.meta.url);
  try {
    require.resolve('typescript/package.json');
    require.resolve('esbuild');
    return true;
  } catch {
    return false;
  }
};

export const build = async () => {
  if (!toolsPresent()) {
    throw new Error(
      'The build tools are missing: run "npm install" without NODE_ENV=production, then start again.',
    );
  }
  const started = new Date();
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  const require = createRequire(import.meta.url);
  const tsc = join(dirname(require.resolve('typescript/package.json')), 'bin', 'tsc');
  const compiled = spawnSync(process.execPath, [tsc, '-p', root, '--noEmit'], {
    stdio: 'inherit',
    cwd: root,
  });
  if (compiled.status !== 0) throw new Error('The TypeScript build failed; the errors stand above.');
  await Promise.all([buildServer(), buildPage()]);
  // Its helper process would live as long as the bot that `npm start` runs next in this one.
  const { stop } = await import('esbuild');
  await stop();
  writeFileSync(stamp, `${started.toISOString()}\n`);
};

/**
 * Few files rather than two thousand: half of a start was spent on finding and reading modules. What is imported on
 * demand stays a file of its own. libsql has a native part and is loaded from where npm put it.
 */
const buildServer = async () => {
  const { build: bundle } = await import('esbuild');
  await bundle({
    entryPoints: {
      main: join(root, 'src', 'main.ts'),
      'sqlite-worker': join(root, 'src', 'store', 'sqlite-worker.ts'),
    },
    outdir: join(root, 'dist'),
    bundle: true,
    splitting: true,
    external: ['libsql'],
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: true,
    // Comments alone doubled what the program's text takes in memory. Names stay, so a stack still reads.
    minifyWhitespace: true,
    lineLimit: 160,
    // CommonJS packages inside still ask for Node's own modules by `require`.
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module';\nconst require = requireFrom(import.meta.url);",
    },
    logLevel: 'warning',
  });
};

const buildPage = async () => {
  const out = join(root, 'dist', 'page');
  mkdirSync(out, { recursive: true });
  const { build: bundle } = await import('esbuild');
  await bundle({
    entryPoints: [join(page, 'page.tsx')],
    outdir: out,
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'warning',
  });
  cpSync(join(page, 'index.html'), join(out, 'index.html'));
};

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  build().catch((error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  });
}
