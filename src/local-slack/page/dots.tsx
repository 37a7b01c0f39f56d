import type { ReactNode } from 'react';

const colours: ReadonlyMap<string, string> = new Map([
  ['🟢', '#2f9e54'],
  ['🟡', '#e8b71a'],
  ['🟠', '#e07b1f'],
  ['🔴', '#d2323f'],
  ['🔵', '#2f7fd0'],
  ['⚪', '#d9d9dc'],
  ['⚫', '#2b2b2e'],
]);

/** Text with its coloured circles drawn: the states of health must be seen without an emoji font, as Slack's images are. */
export const dotted = (text: string): ReactNode =>
  text.split(/([🟢🟡🟠🔴🔵⚪⚫]\uFE0F?)/u).map((part, index) => {
    const colour = colours.get([...part][0] ?? '');
    return index % 2 === 0 || colour === undefined ? (
      part
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces of a text have no other name.
      <span key={index} className="dot" style={{ color: colour }}>
        {part}
      </span>
    );
  });
