import { triggerId } from './ids.ts';

const livesMs = 3000;

/** Where it was made: a view (only such a trigger may push), or a channel. */
export interface TriggerPlace {
  readonly viewId?: string | undefined;
  readonly channelId?: string | undefined;
}

interface Trigger extends TriggerPlace {
  readonly userId: string;
  readonly expiresAt: number;
  spent: boolean;
}

type Spent =
  | ({ readonly ok: true; readonly userId: string } & TriggerPlace)
  | { readonly ok: false; readonly error: string };

/** Each works once, within three seconds of host time: the limit is on how fast the bot is, not on its calendar. */
export interface Triggers {
  issue(userId: string, place?: TriggerPlace): string;
  spend(id: string): Spent;
}

export const startTriggers = (): Triggers => {
  const triggers = new Map<string, Trigger>();
  return {
    issue: (userId, place = {}) => {
      const id = triggerId();
      for (const [old, trigger] of triggers) {
        if (trigger.expiresAt < performance.now() - 60_000) triggers.delete(old);
      }
      triggers.set(id, { ...place, userId, expiresAt: performance.now() + livesMs, spent: false });
      return id;
    },
    spend: (id) => {
      const trigger = triggers.get(id);
      if (trigger === undefined) return { ok: false, error: 'invalid_trigger_id' };
      if (trigger.spent) return { ok: false, error: 'exchanged_trigger_id' };
      if (performance.now() > trigger.expiresAt) return { ok: false, error: 'expired_trigger_id' };
      trigger.spent = true;
      const { userId, viewId, channelId } = trigger;
      return { ok: true, userId, viewId, channelId };
    },
  };
};
