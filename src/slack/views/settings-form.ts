import type { ModalView } from '@slack/types';
import { type Creators, mostLeads } from '../../domain/record.ts';
import { readMetadata } from '../ids.ts';
import { peopleField, radioField } from './fields.ts';
import { inLine, named, plainContext, plainSection } from './kit.ts';
import { form } from './modal.ts';
import { brokenForm, readFields, type SubmittedView } from './submitted.ts';

export interface SettingsFormFacts {
  readonly firmName: string;
  /** The version that it was read at; 0 before there are any. */
  readonly base: number;
  readonly leadUserIds: readonly string[];
  readonly creators: Creators;
  /** Who changed it last and when, in words, the newest first. */
  readonly changes: readonly string[];
}

export interface SettingsFormInput {
  readonly base: number;
  readonly leadUserIds: readonly string[];
  readonly creators: Creators;
}

/** What holds for all partnerships of a workspace. */
export const buildSettingsForm = (facts: SettingsFormFacts): ModalView => {
  const firm = named(facts.firmName);
  return form({
    metadata: { form: 'settings', base: facts.base },
    title: 'Settings',
    submit: 'Save',
    blocks: [
      plainSection(`This holds for all partnerships of ${firm}.`),
      peopleField({
        id: 'leads',
        label: 'Alliance leads',
        hint: `They see every partnership, also what only ${firm} sees, and may hand over, end, and set the owner. They hear when an owner is gone.`,
        initial: facts.leadUserIds,
        max: mostLeads,
        optional: true,
      }),
      radioField({
        id: 'creators',
        label: 'Who may start a partnership?',
        choices: [
          { value: 'everybody', text: `Everybody of ${firm}` },
          { value: 'leads', text: 'Alliance leads and administrators in Slack' },
        ],
        initial: facts.creators,
      }),
      ...(facts.changes.length === 0
        ? []
        : [plainContext(['Changed last:', ...facts.changes.map((one) => inLine(one, 500))].join('\n'))]),
    ],
  });
};

export const parseSettingsForm = (view: SubmittedView): SettingsFormInput => {
  const metadata = readMetadata(view.private_metadata);
  if (metadata?.form !== 'settings') throw brokenForm();
  const fields = readFields(view);
  return {
    base: metadata.base,
    leadUserIds: fields.people('leads'),
    creators: fields.choice('creators') === 'leads' ? 'leads' : 'everybody',
  };
};
