import { isOfHome, whoIsWho } from '../domain/access.ts';
import { DomainError } from '../domain/errors.ts';
import { foldName, partnershipLimits } from '../domain/partnership.ts';
import type { PersonRef, Profile } from '../domain/person.ts';
import { isZone } from '../domain/zone.ts';
import type { ChannelFacts, Deps } from '../ports.ts';
import type { HomeFacts, Loaded } from './load.ts';

/** One field of a form: its value, or the sentence that belongs at the field. */
export type Field<T> = { readonly value: T } | { readonly fault: string };

export const isFault = <T>(field: Field<T>): field is { readonly fault: string } => 'fault' in field;

/** One line: without line breaks, doubled or trailing space. Empty when nothing in it can be seen. */
export const oneLine = (text: string): string =>
  /[\p{L}\p{N}\p{P}\p{S}]/u.test(text) ? text.replace(/\s+/gu, ' ').trim() : '';

/** Texts of several lines keep their breaks, and lose what stands around them. */
export const trimmed = (text: string | undefined): string | undefined => text?.trim() || undefined;

export const tooLong = (what: string, length: number, most: number): string =>
  `${what} is ${length} characters long, and ${most} is the most. The form is as you left it. Shorten it a little.`;

export const nameField = (text: string): Field<string> => {
  const name = oneLine(text);
  if (foldName(name) === '') return { fault: 'Give the name of the partner.' };
  return name.length > partnershipLimits.name
    ? { fault: tooLong('The name', name.length, partnershipLimits.name) }
    : { value: name };
};

export const zoneField = (zone: string): Field<string> =>
  isZone(zone)
    ? { value: zone }
    : {
        fault: `I know no time zone "${oneLine(zone).slice(0, 40)}". Choose one from the list, like Europe/Berlin.`,
      };

export const monthField = (month: number): Field<number> =>
  Number.isInteger(month) && month >= 1 && month <= 12
    ? { value: month }
    : { fault: 'Choose a month, January to December.' };

/** A channel that the bot can post in. Anything that Slack will not show is the same as not being in it. */
export const channelField = async (
  deps: Deps,
  workspaceId: string,
  channelId: string,
): Promise<Field<ChannelFacts>> => {
  const facts = await readChannel(deps, workspaceId, channelId);
  if (facts === undefined || !facts.botIsMember) {
    const where = facts?.name ? `#${facts.name}` : 'this channel';
    return {
      fault: `I am not in ${where}. Your text is kept. Type /invite @partnerships there, then send this again.`,
    };
  }
  return facts.archived
    ? { fault: `#${facts.name} is archived. Your text is kept. Choose another channel.` }
    : { value: facts };
};

const readChannel = async (
  deps: Deps,
  workspaceId: string,
  channelId: string,
): Promise<ChannelFacts | undefined> => {
  try {
    return await deps.directory.channel(workspaceId, channelId);
  } catch (error) {
    if (error instanceof DomainError) return undefined;
    throw error;
  }
};

/** A person that a form's select names; undefined for an id that Slack does not know. */
export const personOf = async (
  deps: Deps,
  workspaceId: string,
  userId: string,
): Promise<Profile | undefined> => {
  try {
    return await deps.directory.personById(workspaceId, userId);
  } catch (error) {
    if (error instanceof DomainError) return undefined;
    throw error;
  }
};

/** A colleague of the installing firm: no guest, no bot, not deactivated. */
export const colleagueField = async (
  deps: Deps,
  workspaceId: string,
  home: HomeFacts,
  userId: string,
): Promise<Field<PersonRef>> => {
  const profile = await personOf(deps, workspaceId, userId);
  if (profile === undefined) return { fault: 'I do not know this person. Choose somebody else.' };
  if (profile.bot || profile.deleted)
    return { fault: `${profile.name} cannot own this: choose a person who is active.` };
  return isOfHome(profile, home)
    ? { value: refOf(profile) }
    : { fault: `${profile.name} is not from ${home.name}. Choose a colleague.` };
};

export const refOf = ({ teamId, userId }: PersonRef): PersonRef => ({ teamId, userId });

/** The faults of several fields, keyed by their names; empty when all are fine. */
export const faultsIn = (
  fields: Readonly<Record<string, Field<unknown> | undefined>>,
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, field]) =>
      field !== undefined && isFault(field) ? [[name, field.fault]] : [],
    ),
  );

/** A person of either firm, as a goal or a KPI is owned. Absent stays absent: nobody owns it yet. */
export const ownerField = async (
  deps: Deps,
  loaded: Loaded,
  userId: string | undefined,
): Promise<Field<PersonRef | undefined>> => {
  if (userId === undefined) return { value: undefined };
  const { partnership, home } = loaded;
  const profile = await personOf(deps, partnership.workspaceId, userId);
  if (profile === undefined) return { fault: 'I do not know this person. Choose somebody else.' };
  if (profile.bot || profile.deleted) {
    return { fault: `${profile.name} cannot own this. Choose a person who is active.` };
  }
  return whoIsWho(partnership, profile, home) === 'outsider'
    ? {
        fault: `I do not know ${profile.name} as somebody of ${partnership.firmName} or ${partnership.name}. Choose somebody else.`,
      }
    : { value: refOf(profile) };
};

/** Why there is one more than a plan should have; undefined when none is asked for or needed. */
export const reasonField = (
  needed: string | undefined,
  reason: string | undefined,
): Field<string | undefined> => {
  if (needed === undefined) return { value: undefined };
  const given = trimmed(reason);
  if (given === undefined) return { fault: needed };
  return given.length > mostReason
    ? { fault: tooLong('The reason', given.length, mostReason) }
    : { value: given };
};
const mostReason = 500;
