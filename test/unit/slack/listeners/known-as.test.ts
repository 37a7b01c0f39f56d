import { expect, it } from 'vitest';
import type { PersonRef } from '../../../../src/domain/person.ts';
import type { SlackDirectory } from '../../../../src/slack/directory.ts';
import { knownAs } from '../../../../src/slack/listeners/ask.ts';
import { jordan, memoryLog, ref } from '../../../support/review-world.ts';

const named = { teamId: 'THOME', userId: jordan.userId };
const silent = new Promise<never>(() => undefined);

const who = (kept: PersonRef | undefined, asked: Promise<PersonRef> = silent) => {
  const directory = { kept: async () => kept, person: () => asked } as unknown as SlackDirectory;
  return knownAs({ directory, log: memoryLog() }, 'w1', named);
};

it('is who is kept, without a question to Slack', async () => {
  expect(await who(ref(jordan))).toEqual(ref(jordan));
});

it('is who Slack says, for somebody who was never met', async () => {
  expect(await who(undefined, Promise.resolve(jordan))).toEqual(ref(jordan));
});

it('is as named while Slack is silent, so that the form still opens in its three seconds', async () => {
  expect(await who(undefined)).toEqual(named);
});

it('is as named when Slack fails', async () => {
  expect(await who(undefined, Promise.reject(new Error('ratelimited')))).toEqual(named);
});
