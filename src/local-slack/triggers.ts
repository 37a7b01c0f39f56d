import { triggerId } from './ids.ts';

const livesMs = 3000;

interface Trigger {
  readonly userId: string;
  /** The open view in which it was made: only such a trigger may push. */
  readonly viewId?: string;
  readonly expiresAt: number;
  spent: boolean;
}

export type Spent =
  | { readonly ok: true; readonly userId: string; readonly viewId?: string }
  | { readonly ok: false; readonly error: string };

/** Each works once, within three seconds of host time: the limit is on how fast the bot is, not on its calendar. */
export interface Triggers {
  issue(userId: string, viewId?: string): string;
  spend(id: string): Spent;
}

export const startTriggers = (): Triggers => {
  const triggers = new Map<string, Trigger>();
  return {
    issue: (userId, viewId) => {
      const id = triggerId();
      for (const [old, trigger] of triggers) {
        if (trigger.expiresAt < performance.now() - 60_000) triggers.delete(old);
      }
      triggers.set(id, {
        userId,
        expiresAt: performance.now() + livesMs,
        spent: false,
        ...(viewId !== undefined && { viewId }),
      });
      return id;
    },
    spend: (id) => {
      const trigger = triggers.get(id);
      if (trigger === undefined) return { ok: false, error: 'invalid_trigger_id' };
      if (trigger.spent) return { ok: false, error: 'exchanged_trigger_id' };
      if (performance.now() > trigger.expiresAt) return { ok: false, error: 'expired_trigger_id' };
      trigger.spent = true;
      const { userId, viewId } = trigger;
      return { ok: true, userId, ...(viewId !== undefined && { viewId }) };
    },
  };
};
