// `npm start`: builds when dist is stale, reads .env when there is one, then runs the bot. Plain JavaScript.
import { existsSync } from 'node:fs';
import { build, built } from './build.mjs';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(
    `Node ${process.versions.node} is too old: install Node 20.19 or newer, then start again.\n`,
  );
  process.exit(1);
}

if (!built()) {
  process.stdout.write('Building …\n');
  try {
    await build();
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}

if (!process.argv.includes('--build')) {
  if (existsSync('.env')) process.loadEnvFile('.env');
  await import('../dist/main.js');
}
