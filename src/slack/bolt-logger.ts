import { type Logger, LogLevel } from '@slack/logger';
import type { Log } from '../ports.ts';

const asText = (parts: readonly unknown[]): string =>
  parts.map((part) => (part instanceof Error ? `${part.name}: ${part.message}` : String(part))).join(' ');

/**
 * Slack's libraries log through ours. Their debug lines are dropped on purpose: they print whole payloads, which are
 * people's words, and OAuth secrets that their own redaction misses.
 */
export const boltLogger = (log: Log): Logger => {
  let name = 'slack';
  let level = LogLevel.INFO;
  return {
    debug: () => undefined,
    info: (...parts: unknown[]) => log.debug(asText(parts), { from: name }),
    warn: (...parts: unknown[]) => log.warn(asText(parts), { from: name }),
    error: (...parts: unknown[]) => log.error(asText(parts), { from: name }),
    setLevel: (next) => {
      level = next;
    },
    getLevel: () => level,
    setName: (next) => {
      name = next;
    },
  };
};
