import { randomBytes, randomUUID } from 'node:crypto';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** Like Slack's: a letter for the kind, then capitals and digits. */
export const slackId = (prefix: string, length = 10): string =>
  prefix + [...randomBytes(length)].map((byte) => alphabet[byte % alphabet.length]).join('');

export const hexId = (bytes = 4): string => randomBytes(bytes).toString('hex');

export const messageId = (): string => randomUUID();

/** Three parts with dots, as Slack's trigger ids have. */
export const triggerId = (): string =>
  `${Date.now()}.${randomBytes(5).readUIntBE(0, 5)}.${randomBytes(16).toString('hex')}`;

/** Changes with every version of a view. */
export const viewHash = (): string => `${Math.floor(Date.now() / 1000)}.${randomBytes(4).toString('hex')}`;
