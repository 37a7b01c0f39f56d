import { App, type AppOptions, type ReceiverEvent } from '@slack/bolt';
import { z } from 'zod';
import { UnreadableBody } from './errors.ts';
import type { InFlight } from './in-flight.ts';

/** What Slack sends: events, commands, and interactions of these types. Anything else is refused as unreadable. */
const slackBody = z.union([
  z.looseObject({ type: z.literal('event_callback'), event: z.looseObject({ type: z.string() }) }),
  z.looseObject({ command: z.string(), user_id: z.string(), team_id: z.string() }),
  z.looseObject({
    type: z.enum([
      'block_actions',
      'view_submission',
      'view_closed',
      'block_suggestion',
      'shortcut',
      'message_action',
      'interactive_message',
      'dialog_submission',
      'dialog_cancellation',
      'dialog_suggestion',
      'workflow_step_edit',
    ]),
    user: z.looseObject({ id: z.string() }),
  }),
]);

export interface Gate {
  /** Runs before Bolt sees anything, and so before its own acknowledgement of events. */
  readonly before: (body: Readonly<Record<string, unknown>>) => Promise<void>;
  readonly elapsed: () => number;
  readonly running: InFlight;
}

/**
 * Bolt acknowledges an event before any middleware runs, in both modes. This is the one place before that: an event
 * that cannot be stored here is not acknowledged, so Slack sends it again. It also stamps the time of receipt, from
 * which the two seconds run, and counts what is in flight.
 */
export class PartnershipApp extends App {
  readonly #gate: Gate;

  constructor(options: AppOptions, gate: Gate) {
    super(options);
    this.#gate = gate;
  }

  override processEvent(event: ReceiverEvent): Promise<void> {
    return this.#gate.running.track(this.#process(event));
  }

  async #process(event: ReceiverEvent): Promise<void> {
    const receivedAt = this.#gate.elapsed();
    const body = slackBody.safeParse(event.body);
    if (!body.success) throw new UnreadableBody('not a request of Slack');
    await this.#gate.before(body.data);
    await super.processEvent({ ...event, customProperties: { ...event.customProperties, receivedAt } });
  }
}
