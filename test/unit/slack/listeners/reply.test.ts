import type { RespondFn } from '@slack/bolt';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createClients } from '../../../../src/slack/clients.ts';
import { replyBy } from '../../../../src/slack/listeners/reply.ts';
import { kpiChart } from '../../../../src/slack/views/chart.ts';
import { message, plainSection, section } from '../../../../src/slack/views/kit.ts';
import { memoryLog } from '../../../support/review-world.ts';

const log = memoryLog();
const parts = {
  log,
  clients: createClients({ botToken: 'xoxb-test', slackApiUrl: 'http://127.0.0.1:1/api/', log }),
};
const said = message(['In words'], [section('*Title*'), plainSection('In words')]);
const posted = z.object({ blocks: z.array(z.object({ type: z.string() })) });
const chart = kpiChart('Deals won', { unit: '', points: [{ on: '2026-09-30', value: 7 }] });

/** A `response_url` that takes what `takes` says, and what arrived there: the types of its blocks. */
const urlThat = (takes: (types: readonly string[]) => boolean) => {
  const arrived: string[][] = [];
  const respond: RespondFn = async (given) => {
    const types = posted.parse(given).blocks.map((one) => one.type);
    arrived.push(types);
    if (!takes(types)) throw new Error('invalid_blocks');
    return new Response('ok');
  };
  return { arrived, respond };
};
const way = { userId: 'U1', channelId: undefined, threadTs: undefined };

describe('a reply with a chart', () => {
  it('has it under its first block where Slack takes it', async () => {
    const { respond, arrived } = urlThat(() => true);
    await replyBy(parts, { ...way, respond })(said, { chart });
    expect(arrived).toEqual([['section', 'data_visualization', 'section']]);
  });

  it('is said without it where Slack refuses it', async () => {
    const { respond, arrived } = urlThat((types) => !types.includes('data_visualization'));
    await replyBy(parts, { ...way, respond })(said, { chart });
    expect(arrived).toEqual([
      ['section', 'data_visualization', 'section'],
      ['section', 'section'],
    ]);
  });

  it('goes into a modal without it, since modals take none', async () => {
    const shown: string[][] = [];
    const asView = async ({ blocks }: typeof said): Promise<void> => {
      shown.push(blocks.map((one) => one.type));
    };
    await replyBy(parts, { ...way, respond: undefined }, asView)(said, { chart });
    expect(shown).toEqual([['section', 'section']]);
  });
});
