import { describe, expect, it } from 'vitest';
import type { NudgedReview } from '../../../../src/domain/nudge-card.ts';
import { buildNudge } from '../../../../src/slack/views/nudge.ts';
import { buildSilence } from '../../../../src/slack/views/silence.ts';
import { buildSnoozeForm, parseSnoozeForm } from '../../../../src/slack/views/snooze-form.ts';
import {
  buttonsOf,
  faultsOfMessage,
  faultsOfView,
  pingedBy,
  readOf,
} from '../../../support/accepted-by-slack.ts';
import { submit } from '../../../support/submission.ts';
import { firms } from './samples.ts';

const closesAt = new Date('2026-10-22T14:00:00Z');
const pulse: NudgedReview = {
  occurrenceId: 'p1:r1:2026-10-20',
  partnershipId: 'p1',
  rhythmId: 'r1',
  firms,
  kind: 'pulse',
  closesAt,
  otherFirm: 'ours',
  other: 'answered',
  kpis: [{ name: 'Consulting revenue', last: '$190k' }, { name: 'Day rate' }],
};

describe('a reminder', () => {
  it('says the pair, when it closes where its reader is, that the other firm has answered, and what could be added', () => {
    const reminder = buildNudge({ zone: 'America/Chicago', signatures: [], reviews: [pulse] });
    expect(faultsOfMessage('nudge', reminder)).toBe('');
    expect(readOf(reminder).split('\n')).toEqual([
      'Northwind × Acme: the pulse closes Thu 22 Oct, 09:00 Chicago. Northwind has answered.',
      'You could add: Consulting revenue (last $190k), Day rate.',
    ]);
    expect(reminder.text).not.toMatch(/\p{Extended_Pictographic}/u);
    expect(buttonsOf(reminder)).toEqual([
      'Answer',
      'No change',
      'Snooze me',
      'Ask a colleague',
      'Do not ask me',
    ]);
    expect(pingedBy(reminder)).toEqual([]);
  });

  it('says nothing of a firm that has not answered, and holds every partnership that waits', () => {
    const other = { ...pulse, occurrenceId: 'p2:r2:2026-10-20', partnershipId: 'p2', kpis: [] };
    const reviews = [pulse, { ...other, firms: { ...firms, theirs: 'Orbis' }, other: 'waiting' as const }];
    const reminder = buildNudge({ zone: 'Europe/Berlin', signatures: [], reviews });
    expect(faultsOfMessage('nudge of two', reminder)).toBe('');
    expect(readOf(reminder).split('\n').at(-1)).toBe(
      'Northwind × Orbis: the pulse closes Thu 22 Oct, 16:00 Berlin.',
    );
  });
});

describe('a request to sign', () => {
  const signature = { partnershipId: 'p1', firms, firm: 'theirs', number: 3 } as const;

  it('says which version waits for whom, with the button that opens it, and stands behind the reviews', () => {
    const alone = buildNudge({ zone: 'America/Chicago', signatures: [signature], reviews: [] });
    expect(faultsOfMessage('nudge to sign', alone)).toBe('');
    expect(readOf(alone)).toBe('Northwind × Acme: vision 3 waits for a signature of Acme.');
    expect(alone.text).toBe('Northwind and Acme: vision 3 waits for a signature of Acme.');
    expect(buttonsOf(alone)).toEqual(['Sign the vision']);
    expect(pingedBy(alone)).toEqual([]);
    const both = buildNudge({ zone: 'America/Chicago', signatures: [signature], reviews: [pulse] });
    expect(readOf(both).split('\n').at(-1)).toContain('vision 3 waits');
  });

  it('leaves what has no room to the open items', () => {
    const signatures = Array.from({ length: 8 }, (_, nth) => ({ ...signature, partnershipId: `p${nth}` }));
    const many = buildNudge({ zone: 'America/Chicago', signatures, reviews: [] });
    expect(faultsOfMessage('nudge to sign many', many)).toBe('');
    expect(many.text).toContain('3 more wait. Press My open items.');
    expect(buttonsOf(many)).toContain('My open items');
  });
});

describe('what the owner hears of a firm that does not answer', () => {
  const facts = { partnershipId: 'p1', rhythmId: 'r1', firms, kind: 'pulse' } as const;

  it('says what happened and what can be done, and blames nobody', () => {
    const told = buildSilence({ ...facts, silent: [{ firm: 'theirs', told: 'second' }] });
    expect(faultsOfMessage('silent firm', told)).toBe('');
    expect(readOf(told).split('\n')).toEqual([
      'Acme has not answered the last two pulses of Northwind and Acme.',
      'I ask nobody there again until somebody answers, or somebody new is asked. Both firms still see each review in the channel.',
      'You can ask less often, ask somebody else, enter what you were told, or pause.',
    ]);
    expect(buttonsOf(told)).toEqual(['Ask less often', 'Ask someone else', 'Enter for them', 'Pause']);
  });

  it('advises after three to change the rhythm', () => {
    const told = buildSilence({ ...facts, silent: [{ firm: 'theirs', told: 'third' }] });
    expect(readOf(told)).toContain('A rhythm that nobody answers is better changed than kept.');
    expect(buttonsOf(told)[0]).toBe('Change the rhythm');
  });
});

describe('the snooze form', () => {
  const view = buildSnoozeForm({
    occurrenceId: pulse.occurrenceId,
    nth: 2,
    date: '2026-10-20',
    zone: 'America/Chicago',
    closesAt,
    choices: [{ days: 1, until: new Date('2026-10-21T15:00:00Z') }, { days: 3 }, { days: 7 }],
  });

  it('says before it is sent when each choice asks again, or that the review closes before', () => {
    expect(faultsOfView('snooze form', view)).toBe('');
    const read = JSON.stringify(view);
    expect(read).toContain('I ask you again Wed 21 Oct, 10:00 Chicago.');
    expect(read).toContain('The review closes before that. You will not be asked again.');
    expect(read).toContain('It closes Thu 22 Oct, 09:00 Chicago. This moves only my messages to you.');
    expect(read).not.toContain('…');
  });

  it('gives back which snooze it is and for how long', () => {
    expect(parseSnoozeForm(submit(view, { days: '3' }))).toEqual({
      ok: true,
      value: { occurrenceId: pulse.occurrenceId, nth: 2, days: 3 },
    });
  });
});
