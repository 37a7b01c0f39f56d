import { describe, expect, it } from 'vitest';
import { channelTrouble } from '../../../../src/domain/channel.ts';
import type { TroubleCard } from '../../../../src/domain/channel-card.ts';
import {
  buildChannelTrouble,
  buildMoved,
  buildWithdrawn,
} from '../../../../src/slack/views/channel-trouble.ts';
import { buttonsOf, faultsOfMessage, readOf } from '../../../support/accepted-by-slack.ts';
import { firms } from './samples.ts';

const card = (over: Partial<TroubleCard> = {}): TroubleCard => ({
  partnershipId: 'p1',
  firms,
  place: 'home',
  trouble: 'archived',
  name: 'northwind-acme',
  ...over,
});

describe('what an owner is told of a channel', () => {
  it('says what is in the way, what becomes of what is due, and what to do', () => {
    const said = buildChannelTrouble(card());
    expect(faultsOfMessage('channel archived', said)).toBe('');
    expect(readOf(said)).toBe(
      [
        '#northwind-acme is archived.',
        'I post nothing for Northwind and Acme until it is mended. Nothing is lost: what comes due waits as long as it is worth posting, then the history says why it was left out.',
        'Unarchive it, or choose another channel.',
      ].join('\n'),
    );
    expect(buttonsOf(said)).toEqual(['Choose another channel']);
  });

  it('says of an internal channel that others read what was taken away, and where the digest goes now', () => {
    const said = buildChannelTrouble(card({ place: 'internal', trouble: 'shared', name: 'partnerships' }));
    expect(faultsOfMessage('internal channel shared', said)).toBe('');
    expect(readOf(said)).toContain(
      'I post nothing internal there any more, and took away what stood there.\nThe internal digest goes to owner and editors, each directly.\nChoose another internal channel.',
    );
  });

  it.each(
    (['home', 'internal'] as const).flatMap((place) =>
      channelTrouble.shape.kind.options.map((trouble) => ({ place, trouble })),
    ),
  )('$place channel, $trouble: fits what Slack takes, whatever the names', ({ place, trouble }) => {
    const nasty = `<!channel> *${'x'.repeat(300)}*`;
    const names = { ours: nasty, theirs: nasty };
    for (const over of [{}, { over: {} }, { over: { name: nasty } }, { over: { name: 'other' } }])
      expect(
        faultsOfMessage(
          `channel ${place} ${trouble}`,
          buildChannelTrouble(card({ place, trouble, name: nasty, firms: names, ...over })),
        ),
      ).toBe('');
  });

  it('says when it is mended, or which channel stands now', () => {
    const over = (now: object, more: Partial<TroubleCard> = {}) =>
      readOf(buildChannelTrouble(card({ over: now, ...more })));
    expect(over({ name: 'northwind-acme' })).toBe(
      '#northwind-acme can be used again. I go on for Northwind and Acme.',
    );
    expect(over({ name: 'plan' })).toBe('Northwind and Acme: the channel is #plan now.');
    expect(over({}, { place: 'internal' })).toBe(
      'Northwind and Acme: there is no internal channel now. The internal digest goes to owner and editors.',
    );
  });
});

describe('what stays behind in a channel', () => {
  it('says in one line where the partnership went', () => {
    const said = buildMoved({ firms, channel: 'plan' });
    expect(faultsOfMessage('moved', said)).toBe('');
    expect(readOf(said)).toBe('Northwind and Acme moved to #plan. Reviews that began here end here.');
    expect(readOf(buildMoved({ firms }))).toContain('moved to another channel of Northwind.');
  });

  it('names nobody where something internal stood', () => {
    const said = buildWithdrawn();
    expect(faultsOfMessage('withdrawn', said)).toBe('');
    expect(JSON.stringify(said)).not.toMatch(/Northwind|Acme/);
  });
});
