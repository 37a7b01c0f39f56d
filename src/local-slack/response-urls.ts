import { randomBytes } from 'node:crypto';

const uses = 5;
const livesMs = 30 * 60_000;

/** What a `response_url` answers to: the place where the command or the click was. */
export interface ResponsePlace {
  readonly userId: string;
  readonly channelId: string;
  readonly threadTs?: string;
  /** The message that was clicked; a slash command has none. */
  readonly sourceTs?: string;
}

type ResponseUse =
  | { readonly ok: true; readonly place: ResponsePlace }
  | { readonly ok: false; readonly error: 'used_url' | 'expired_url' | 'invalid_url' };

/** Five uses within thirty minutes of host time each. */
export interface ResponseUrls {
  /** The path below the workspace's address. */
  issue(place: ResponsePlace): string;
  use(key: string): ResponseUse;
}

export const responsePath = '/_response/';

export const startResponseUrls = (): ResponseUrls => {
  const issued = new Map<string, { place: ResponsePlace; left: number; expiresAt: number }>();
  return {
    issue: (place) => {
      const key = randomBytes(12).toString('hex');
      issued.set(key, { place, left: uses, expiresAt: performance.now() + livesMs });
      return responsePath + key;
    },
    use: (key) => {
      const one = issued.get(key);
      if (one === undefined) return { ok: false, error: 'invalid_url' };
      if (performance.now() > one.expiresAt) {
        issued.delete(key);
        return { ok: false, error: 'expired_url' };
      }
      if (one.left === 0) return { ok: false, error: 'used_url' };
      one.left -= 1;
      return { ok: true, place: one.place };
    },
  };
};
