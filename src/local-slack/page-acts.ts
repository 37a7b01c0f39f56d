import { z } from 'zod';

/*
 * What the page does, each a POST of JSON (content type application/json) by the person named in `as`:
 *   POST /_local/act     an Act            → ActResult
 *   POST /_local/clock   a ClockAct        → ClockResult
 *   POST /_local/faults  a FaultAct        → FaultList (GET reads the list)
 * Status 200 whenever the act was understood; what became of it is in the result. 400 `{ error }` otherwise.
 */

/**
 * What a person put into one field: text as typed, an option's value, a user, channel or conversation id, a date
 * `YYYY-MM-DD`, a time `HH:MM`, unix seconds for a date with time; a list for whatever takes several; null when empty.
 */
const fieldInput = z.union([z.string(), z.number(), z.array(z.string()), z.null()]);
export type FieldInput = z.infer<typeof fieldInput>;

/** By block_id, then action_id. A field that is left out keeps its initial value, as an untouched one does in Slack. */
const formInput = z.record(z.string(), z.record(z.string(), fieldInput));
export type FormInput = z.infer<typeof formInput>;

/** Where something was pressed. `message` also for ephemerals. */
const place = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('message'), channelId: z.string(), ts: z.string() }),
  z.object({ kind: z.literal('view'), viewId: z.string() }),
  z.object({ kind: z.literal('home') }),
]);
export type Place = z.infer<typeof place>;

export const act = z.discriminatedUnion('act', [
  /** Text that starts with `/` runs a command. `@Full Name`, `@handle`, `@here` and `#channel` become mentions. */
  z.object({
    act: z.literal('say'),
    as: z.string(),
    channelId: z.string(),
    threadTs: z.string().optional(),
    text: z.string().min(1).max(12_000),
    /** In a thread: show it in the channel too. */
    broadcast: z.boolean().optional(),
  }),
  z.object({
    act: z.literal('edit'),
    as: z.string(),
    channelId: z.string(),
    ts: z.string(),
    text: z.string().min(1).max(12_000),
  }),
  z.object({ act: z.literal('delete'), as: z.string(), channelId: z.string(), ts: z.string() }),
  /** A button, or a choice in a block that tells the bot at once (`dispatch_action`, section and actions blocks). */
  z.object({
    act: z.literal('click'),
    as: z.string(),
    on: place,
    blockId: z.string(),
    actionId: z.string(),
    /** What was chosen; left out for a button. */
    chosen: fieldInput.optional(),
    /** The other fields of the view or message as they stand. */
    values: formInput.optional(),
  }),
  z.object({ act: z.literal('submit'), as: z.string(), viewId: z.string(), values: formInput }),
  /** `all`: the cross, which closes every open view; else the Cancel button, which closes the one in front. */
  z.object({ act: z.literal('close'), as: z.string(), viewId: z.string(), all: z.boolean().optional() }),
  /** Typing into an external select. */
  z.object({
    act: z.literal('options'),
    as: z.string(),
    on: place,
    blockId: z.string(),
    actionId: z.string(),
    typed: z.string(),
  }),
  z.object({ act: z.literal('open-home'), as: z.string(), tab: z.enum(['home', 'messages']).optional() }),
  /** Everything in the channel up to now has been seen. */
  z.object({ act: z.literal('read'), as: z.string(), channelId: z.string() }),
  z.object({ act: z.literal('join'), as: z.string(), channelId: z.string() }),
  z.object({ act: z.literal('leave'), as: z.string(), channelId: z.string() }),
]);
export type Act = z.infer<typeof act>;

const offeredOption = z.object({
  text: z.string(),
  value: z.string(),
  description: z.string().optional(),
  group: z.string().optional(),
});
export type OfferedOption = z.infer<typeof offeredOption>;

export const actResult = z.discriminatedUnion('result', [
  z.object({
    result: z.literal('done'),
    /** Of the message that was sent or edited. */
    ts: z.string().optional(),
  }),
  /** The view stays open with a message at each of these blocks (by block_id); from the bot or from Slack itself. */
  z.object({ result: z.literal('errors'), errors: z.record(z.string(), z.string()) }),
  z.object({ result: z.literal('options'), options: z.array(offeredOption) }),
  /** The bot did not answer in three seconds, answered nonsense, or is down: the sentence a Slack user would see. */
  z.object({ result: z.literal('failed'), message: z.string() }),
  /** Slack itself says no: not a member, archived, the view is gone. */
  z.object({ result: z.literal('refused'), message: z.string() }),
]);
export type ActResult = z.infer<typeof actResult>;

export const clockAct = z.discriminatedUnion('act', [
  z.object({ act: z.literal('read') }),
  /** Time runs to this instant and the bot works off everything due on the way, in order. */
  z.object({ act: z.literal('walk-to'), date: z.iso.datetime({ offset: true }) }),
  /** To whatever the bot has to do next. */
  z.object({ act: z.literal('walk-to-next') }),
  /** "The bot was off until …": time is there at once, nothing ran in between. */
  z.object({ act: z.literal('jump-to'), date: z.iso.datetime({ offset: true }) }),
]);
export type ClockAct = z.infer<typeof clockAct>;

export const clockResult = z.object({
  now: z.string(),
  /** Why nothing moved, in words; absent when it did. */
  refused: z.string().optional(),
});
export type ClockResult = z.infer<typeof clockResult>;

const target = {
  /** `chat.postMessage`, or `*` for every method. */
  method: z.string(),
  /** How many calls it hits before it is over; once when left out. */
  times: z.number().int().positive().optional(),
};

const fault = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('rate-limited'), ...target, retryAfterSeconds: z.number().int().positive() }),
  /** The connection drops and nothing happened. */
  z.object({ kind: z.literal('dropped-before'), ...target }),
  /** It happened, and the connection drops before the answer. */
  z.object({ kind: z.literal('dropped-after'), ...target }),
  /** It happens at once; the answer comes so much later. */
  z.object({ kind: z.literal('late'), ...target, ms: z.number().int().positive() }),
  /** Answered with this error (`internal_error` when left out); nothing happened. */
  z.object({ kind: z.literal('error-before'), ...target, error: z.string().optional() }),
  /** The same answer, and yet it happened. */
  z.object({ kind: z.literal('error-after'), ...target, error: z.string().optional() }),
  /** A bare HTTP status, such as 503. */
  z.object({ kind: z.literal('status'), ...target, status: z.number().int().min(400).max(599) }),
  /** Every call is answered `token_revoked` until the faults are cleared. */
  z.object({ kind: z.literal('token-revoked') }),
  /** The next events arrive twice, with one event_id. */
  z.object({ kind: z.literal('duplicate-event'), times: z.number().int().positive().optional() }),
]);
export type Fault = z.infer<typeof fault>;

const channelId = z.string();
export const channelAct = z.discriminatedUnion('act', [
  z.object({ act: z.literal('archive'), channelId, archived: z.boolean() }),
  z.object({ act: z.literal('rename'), channelId, name: z.string().min(1).max(80) }),
  /** Through Slack Connect, with another firm's workspace. */
  z.object({ act: z.literal('share'), channelId, teamId: z.string() }),
  z.object({ act: z.literal('unshare'), channelId, teamId: z.string() }),
  z.object({ act: z.literal('make-private'), channelId }),
  z.object({ act: z.literal('remove-bot'), channelId }),
  z.object({ act: z.literal('invite-bot'), channelId }),
  z.object({ act: z.literal('delete'), channelId }),
  /** As a private channel gets a new id when somebody begins to share it. */
  z.object({ act: z.literal('change-id'), channelId }),
]);

export const faultAct = z.discriminatedUnion('act', [
  z.object({ act: z.literal('add'), fault }),
  z.object({ act: z.literal('clear') }),
  z.object({ act: z.literal('deactivate'), userId: z.string(), deleted: z.boolean() }),
  ...channelAct.options,
]);
export type FaultAct = z.infer<typeof faultAct>;

export const faultList = z.object({ faults: z.array(fault) });
export type FaultList = z.infer<typeof faultList>;
