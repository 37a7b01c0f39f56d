import { z } from 'zod';
import { fiscalYear } from '../domain/partnership.ts';
import { civilDate } from '../domain/stored.ts';

/** The one slash command. */
export const commandName = '/partnership';

const id = z.string().min(1).max(200);
const partnershipId = id;
const occurrenceId = id;

/** What a command can be about; a choice of partnership remembers which one was typed. */
export const nameableCommands = [
  'view',
  'edit',
  'vision',
  'goal',
  'kpi',
  'update',
  'rhythm',
  'digest',
  'history',
  'pause',
  'resume',
  'review',
  'end',
  'export',
] as const;
export type NameableCommand = (typeof nameableCommands)[number];

/** An instant as a button carries it: milliseconds that a Date can hold. */
const instant = z.number().int().min(0).max(8_640_000_000_000_000);

const buttonAction = z.discriminatedUnion('verb', [
  z.object({ verb: z.literal('new-partnership') }),
  z.object({ verb: z.literal('view'), partnershipId }),
  z.object({ verb: z.literal('choose'), partnershipId, command: z.enum(nameableCommands) }),
  z.object({ verb: z.literal('introduce'), partnershipId }),
  z.object({ verb: z.literal('add-goal'), partnershipId }),
  z.object({
    verb: z.literal('add-kpi'),
    partnershipId,
    side: z.enum(['ours', 'theirs', 'joint']).exactOptional(),
  }),
  z.object({ verb: z.literal('set-rhythm'), partnershipId, rhythmId: id.exactOptional() }),
  z.object({
    verb: z.literal('update-kpis'),
    partnershipId,
    kpiIds: z.array(id).min(1).max(12).exactOptional(),
  }),
  z.object({ verb: z.literal('vision'), partnershipId }),
  z.object({ verb: z.literal('sign-vision'), partnershipId, number: z.number().int().min(1) }),
  z.object({
    verb: z.literal('vision-versions'),
    partnershipId,
    before: z.number().int().min(1).exactOptional(),
  }),
  z.object({
    verb: z.literal('history'),
    partnershipId,
    list: z.enum(['reviews', 'all']).exactOptional(),
    before: instant.exactOptional(),
    after: instant.exactOptional(),
  }),
  z.object({ verb: z.literal('changes'), partnershipId, before: instant.exactOptional() }),
  z.object({ verb: z.literal('my-open-items') }),
  z.object({ verb: z.literal('edit'), partnershipId }),
  z.object({ verb: z.literal('fiscal-year'), partnershipId }),
  z.object({ verb: z.literal('answer'), occurrenceId }),
  z.object({ verb: z.literal('change-answer'), occurrenceId }),
  z.object({ verb: z.literal('no-change'), occurrenceId }),
  z.object({ verb: z.literal('enter-values'), occurrenceId }),
  z.object({ verb: z.literal('skip'), occurrenceId }),
  z.object({ verb: z.literal('about'), occurrenceId }),
  z.object({ verb: z.literal('ask-me'), partnershipId }),
  z.object({ verb: z.literal('ask-colleague'), partnershipId, rhythmId: id.exactOptional() }),
  z.object({ verb: z.literal('add-our-vision'), partnershipId }),
  z.object({ verb: z.literal('not-now'), partnershipId }),
  z.object({ verb: z.literal('take-theirs') }),
  z.object({ verb: z.literal('skip-next'), partnershipId, rhythmId: id }),
  z.object({ verb: z.literal('pause-rhythm'), partnershipId, rhythmId: id }),
  z.object({ verb: z.literal('resume-rhythm'), partnershipId, rhythmId: id }),
  z.object({ verb: z.literal('run-now'), partnershipId, rhythmId: id }),
  z.object({ verb: z.literal('snooze'), occurrenceId }),
  z.object({ verb: z.literal('not-ask-me'), partnershipId }),
  z.object({ verb: z.literal('numbers'), partnershipId, from: z.number().int().min(0).exactOptional() }),
  z.object({ verb: z.literal('kpi-history'), partnershipId, kpiId: id, before: instant.exactOptional() }),
  z.object({ verb: z.literal('confirm-reading'), partnershipId, readingId: id }),
  z.object({ verb: z.literal('correct-reading'), partnershipId, readingId: id }),
  z.object({ verb: z.literal('end'), partnershipId }),
  z.object({ verb: z.literal('reopen'), partnershipId }),
  z.object({ verb: z.literal('period-answer'), occurrenceId }),
  z.object({ verb: z.literal('close-period'), partnershipId }),
  z.object({ verb: z.literal('years'), partnershipId, from: z.number().int().min(0).exactOptional() }),
  z.object({ verb: z.literal('export'), partnershipId }),
  z.object({
    verb: z.literal('hand-over'),
    /** Without: the owner of the partnership. */
    person: id.exactOptional(),
    partnershipId: partnershipId.exactOptional(),
  }),
  z.object({ verb: z.literal('settings') }),
  z.object({ verb: z.literal('take-lead'), partnershipId, person: id }),
  z.object({
    verb: z.literal('list'),
    filter: z.string().max(120).exactOptional(),
    page: z.number().int().min(0).max(10_000).exactOptional(),
  }),
]);
/** One press of a button. The ids come from a client: they are input, and every use case checks them. */
export type ButtonAction = z.infer<typeof buttonAction>;
export type Verb = ButtonAction['verb'];

/** Matches the action ids of one button, or of every button. `nth` tells repeated ones in a payload apart. */
export const pressOf = (verb: Verb): RegExp => new RegExp(`^press:${verb}(:\\d+)?$`);
export const anyPress = /^press:/;

export const buttonIds = (action: ButtonAction, nth = 0): { action_id: string; value: string } => {
  const { verb, ...ids } = action;
  return { action_id: nth === 0 ? `press:${verb}` : `press:${verb}:${nth}`, value: JSON.stringify(ids) };
};

export const parseButton = (pressed: {
  action_id: string;
  value?: string | undefined;
}): ButtonAction | undefined => {
  const verb = /^press:([a-z-]+)(?::\d+)?$/.exec(pressed.action_id)?.[1];
  const ids = idsIn(pressed.value);
  const parsed = buttonAction.safeParse({ ...ids, verb });
  return parsed.success ? parsed.data : undefined;
};

const formNames = [
  'partnership',
  'edit',
  'introduce',
  'goal',
  'kpi',
  'vision',
  'sign',
  'fiscal-year',
  'rhythm',
  'answer',
  'update',
  'no-change',
  'skip',
  'colleague',
  'pause-rhythm',
  'skip-next',
  'run-now',
  'snooze',
  'end',
  'hand-over',
  'settings',
  'period-answer',
  'close-period',
] as const;
export type FormName = (typeof formNames)[number];

export const callbackId = (form: FormName): string => `form:${form}`;
export const anyForm = /^form:/;
/** Views that only say something: nothing is submitted from them. */
export const messageCallbackId = 'message';
export const oneMomentCallbackId = 'one-moment';

const revision = z.number().int().min(0);
/** Marks of the values that a form showed: what still bears one, its reader left as it was. */
const seen = z.string().max(1000).exactOptional();
/** The unit and decimal mark in which a form shows each KPI that takes a number, by `formatCode`. */
const formats = z.record(id, z.string().max(20)).exactOptional();
/** The KPIs that a form shows as ones that only our firm sees. */
const internal = z.array(id).exactOptional();
const metadata = z.discriminatedUnion('form', [
  z.object({ form: z.literal('partnership') }),
  z.object({
    form: z.literal('edit'),
    partnershipId,
    base: revision,
    /** The channels that it showed. */
    channelId: id.exactOptional(),
    internalChannelId: id.exactOptional(),
  }),
  z.object({ form: z.literal('introduce'), partnershipId }),
  z.object({
    form: z.literal('goal'),
    partnershipId,
    goalId: id.exactOptional(),
    base: revision.exactOptional(),
    seen,
    visionNumber: revision.exactOptional(),
  }),
  z.object({
    form: z.literal('kpi'),
    partnershipId,
    kpiId: id.exactOptional(),
    base: revision.exactOptional(),
    seen,
  }),
  z.object({ form: z.literal('vision'), partnershipId, base: revision }),
  z.object({
    form: z.literal('fiscal-year'),
    partnershipId,
    /** The year that it showed as stored; absent: none was known. */
    stored: fiscalYear.exactOptional(),
  }),
  z.object({ form: z.literal('sign'), partnershipId, number: z.number().int().min(1) }),
  z.object({
    form: z.literal('rhythm'),
    partnershipId,
    rhythmId: id.exactOptional(),
    base: revision.exactOptional(),
    /** The holidays that it showed, at most 60 a firm. */
    holidays: z.string().max(1200).exactOptional(),
  }),
  z.object({ form: z.literal('answer'), occurrenceId, formats, internal }),
  z.object({
    form: z.literal('update'),
    partnershipId,
    formats,
    internal,
    occurrenceId: occurrenceId.exactOptional(),
    /** The one reading that it puts right. */
    corrects: id.exactOptional(),
  }),
  z.object({ form: z.literal('no-change'), occurrenceId }),
  z.object({ form: z.literal('skip'), occurrenceId }),
  z.object({ form: z.literal('snooze'), occurrenceId, nth: z.number().int().min(1).max(9) }),
  z.object({ form: z.literal('colleague'), partnershipId, rhythmId: id.exactOptional() }),
  z.object({ form: z.literal('pause-rhythm'), partnershipId, rhythmId: id.exactOptional() }),
  z.object({ form: z.literal('skip-next'), partnershipId, rhythmId: id, date: civilDate }),
  z.object({ form: z.literal('run-now'), partnershipId, rhythmId: id }),
  z.object({ form: z.literal('end'), partnershipId }),
  z.object({ form: z.literal('hand-over'), person: id, partnershipId: partnershipId.exactOptional() }),
  z.object({ form: z.literal('settings'), base: revision }),
  z.object({ form: z.literal('period-answer'), occurrenceId, base: revision, seen }),
  z.object({ form: z.literal('close-period'), partnershipId, nth: z.number().int().min(1) }),
]);
/** What a form carries in `private_metadata`: ids, and the revision (`base`) that its values were read at. */
export type FormMetadata = z.infer<typeof metadata>;

export const writeMetadata = (one: FormMetadata): string => JSON.stringify(one);
export const readMetadata = (text: string | undefined): FormMetadata | undefined => {
  const parsed = metadata.safeParse(idsIn(text));
  return parsed.success ? parsed.data : undefined;
};

/** The action id of the input in block `blockId`; the block id is the use case's field name. */
export const fieldAction = (blockId: string): string => `field:${blockId}`;
export const anyField = /^field:/;

const kpiFields = ['value', 'asOf', 'rough', 'notKnownUntil', 'status', 'note'] as const;
export type KpiField = (typeof kpiFields)[number];
export const kpiBlock = (field: KpiField, kpiId: string): string => `${field}:${kpiId}`;
export const readKpiBlock = (blockId: string): { field: KpiField; kpiId: string } | undefined => {
  const [name, kpiId] = blockId.split(':');
  const field = kpiFields.find((one) => one === name);
  return field !== undefined && kpiId !== undefined && kpiId !== '' ? { field, kpiId } : undefined;
};

const idsIn = (text: string | undefined): Record<string, unknown> => {
  if (text === undefined || text === '') return {};
  try {
    const parsed = z.record(z.string(), z.unknown()).safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : {};
  } catch {
    return {};
  }
};
