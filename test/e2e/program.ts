import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

export interface Program {
  /** Where the page is, as the program printed it. */
  readonly url: string;
  /** Everything it wrote to stderr so far: log lines of warnings and errors. */
  complaints(): string;
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<number | null>;
}

/** Runs the built program as `npm start` does, without credentials, on a free port, and waits for its address. */
export const startProgram = async (
  dataDir: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Program> => {
  const child = spawn(process.execPath, ['dist/main.js'], {
    env: {
      PATH: process.env.PATH,
      TZ: process.env.TZ,
      DATA_DIR: dataDir,
      PORT: '0',
      OPS_PORT: '0',
      LOG_LEVEL: 'warn',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (part: Buffer) => {
    errors += part.toString();
  });
  const url = await printedAddress(child, () => errors);
  return {
    url,
    complaints: () => errors,
    stop: async (signal = 'SIGTERM') => {
      if (child.exitCode !== null) return child.exitCode;
      const ended = once(child, 'exit');
      child.kill(signal);
      await ended;
      return child.exitCode;
    },
  };
};

const printedAddress = (child: ChildProcess, errors: () => string): Promise<string> =>
  new Promise((resolve, reject) => {
    let said = '';
    const tooLong = setTimeout(() => reject(new Error(`not ready after 30 s: ${said} ${errors()}`)), 30_000);
    child.stdout?.on('data', (part: Buffer) => {
      said += part.toString();
      const address = /http:\/\/\S+/.exec(said)?.[0];
      if (address === undefined) return;
      clearTimeout(tooLong);
      resolve(address);
    });
    child.once('exit', (code) => {
      clearTimeout(tooLong);
      reject(new Error(`ended with ${code}: ${errors()}`));
    });
  });
