import { commandName } from '../ids.ts';
import { actions, button, inLine, type Message, message, plainSection, section } from './kit.ts';

const commands = [
  [`${commandName} create Acme`, 'start a partnership in this channel'],
  [`${commandName} view`, "this channel's partnership, or: view Acme"],
  [`${commandName} update`, 'enter the KPI values you owe'],
  [`${commandName} digest`, 'health and open items, now'],
] as const;
const more = 'More: list edit vision goal kpi rhythm review history export pause resume end settings';
const partners = "People of the other firm need no command: the card's buttons do the same.";
const kept = 'I keep answers and replies in my review threads. I keep nothing else that is said here.';

/** Four commands, and one line with the others. */
export const buildHelp = (): Message =>
  message(
    [...commands.map(([typed, does]) => `${typed}: ${does}`), more, partners, kept],
    [
      section(commands.map(([typed, does]) => `\`${typed}\` ${does}`).join('\n')),
      plainSection([more, partners, kept].join('\n')),
      actions([
        button('New partnership', { verb: 'new-partnership' }, { style: 'primary' }),
        button('My open items', { verb: 'my-open-items' }),
      ]),
    ],
  );

/** A word that is no command, or none yet: what it may have been, then the help. */
export const buildUnknownCommand = (word: string, nearest: readonly string[]): Message => {
  const meant = nearest.length === 0 ? '' : ` Did you mean: ${nearest.join(', ')}?`;
  const line = `I know no "${inLine(word, 40)}". Nothing was changed.${meant}`;
  const help = buildHelp();
  return { text: message([line], help.blocks).text, blocks: [plainSection(line), ...help.blocks] };
};

export const buildNotYet = (word: string): Message => {
  const line = `I cannot do "${inLine(word, 40)}" yet. Nothing was changed.`;
  const help = buildHelp();
  return { text: message([line], help.blocks).text, blocks: [plainSection(line), ...help.blocks] };
};

/** What a review asks, who reads it and what is kept: behind About. */
export const buildAbout = (): Message => {
  const lines = [
    'Four short questions and at most two numbers, the same for both firms. Only the first is required.',
    'Answer by the button, or reply in the thread: the first reply of somebody who is asked counts as the answer.',
    'Everyone in this channel can read it. One answer a firm is enough; others may answer too.',
    'No change confirms what stood last time. Skip is for your firm, with a reason.',
    'When it closes, the summary and health stand in the thread. A late answer counts and is marked late.',
    kept,
  ];
  return message(lines, [plainSection(lines.join('\n'))]);
};
