import type { ModalView } from '@slack/types';
import { kpiBlock, readMetadata, writeMetadata } from '../ids.ts';
import { besideField, type Note, withNotes } from './field-notes.ts';
import { checkboxField } from './fields.ts';
import { actions, button, clip, lengthOf, plain, plainSection } from './kit.ts';
import { type SubmittedView, sameView } from './submitted.ts';

/** What a submission is answered with when it was not saved: Slack's `response_action` values. */
export type FormResponse =
  | { readonly response_action: 'errors'; readonly errors: Record<string, string> }
  | { readonly response_action: 'update'; readonly view: ModalView };

/** For a form that could not be saved in time; names its own button. */
export const notSavedYet = (view: SubmittedView): string =>
  `Not saved yet. Your text is here. Press ${view.submit?.text ?? 'Save'} again.`;
const mostErrorText = 500;
/** Of many changes told at once. */
const mostWhat = 2_500;
export const noticeId = 'notice';
export const conflictId = 'conflict';
/** The field by which a person says that a value far from the last one is right. */
export const unlikelyField = 'confirmedUnlikely';

/** The same form, same block ids, all that was typed, and a notice on top. Slack needs no new trigger for it. */
export const withNotice = (view: SubmittedView, text: string): ModalView => noticed(sameView(view), text);

const noticed = (view: ModalView, text: string): ModalView => {
  const rest = view.blocks.filter((one) => one.block_id !== noticeId);
  return { ...view, blocks: [plainSection(text, noticeId), ...rest] };
};

/**
 * Errors where Slack can show them: at blocks that are there and are inputs. All others go to the first input, each
 * once. Undefined when the form has no input at all: then say it with `withNotice`.
 */
export const placeErrors = (
  view: SubmittedView,
  fields: Readonly<Record<string, string>>,
): Record<string, string> | undefined => {
  const inputs = view.blocks.flatMap((one) =>
    one.type === 'input' && one.block_id !== undefined ? [one.block_id] : [],
  );
  const [first] = inputs;
  if (first === undefined) return undefined;
  const errors: Record<string, string> = {};
  for (const [field, text] of Object.entries(fields)) {
    const at = inputs.includes(field) ? field : first;
    const before = errors[at];
    errors[at] = clip(before === undefined ? text : `${before} ${text}`, mostErrorText);
  }
  return errors;
};

/**
 * The answer to a submission with faulty fields. A KPI in another unit by now is said first; a value far from the last one brings a tick to confirm it; anything
 * else is shown at its field, or as a notice where the form has none.
 */
export const showErrors = (view: SubmittedView, fields: Readonly<Record<string, string>>): FormResponse => {
  const units = changedUnits(fields);
  if (units.length > 0) return { response_action: 'update', view: withNewUnits(view, units) };
  const doubt = fields[unlikelyField];
  const asked = view.blocks.some((one) => one.block_id === unlikelyField);
  if (doubt !== undefined && !asked) {
    return { response_action: 'update', view: withUnlikelyTick(view, doubt) };
  }
  const errors = placeErrors(view, fields);
  return errors === undefined
    ? { response_action: 'update', view: withNotice(view, Object.values(fields).join(' ')) }
    : { response_action: 'errors', errors };
};

const withUnlikelyTick = (view: SubmittedView, doubt: string): ModalView => {
  const noticed = withNotice(view, doubt);
  const [notice, ...rest] = noticed.blocks;
  const tick = checkboxField({
    id: unlikelyField,
    label: 'Far from the last value',
    optional: true,
    choices: [{ value: 'yes', text: 'Yes, it is right as I wrote it' }],
  });
  return { ...noticed, blocks: [...(notice === undefined ? [] : [notice]), tick, ...rest] };
};

interface NewUnit {
  readonly kpiId: string;
  readonly text: string;
}
const unitPrefix = 'unit:';
const changedUnits = (fields: Readonly<Record<string, string>>): NewUnit[] =>
  Object.entries(fields).flatMap(([field, text]) =>
    field.startsWith(unitPrefix) ? [{ kpiId: field.slice(unitPrefix.length), text }] : [],
  );

/**
 * A KPI got another unit or decimal mark, or became shared, while its form was open: said under what was typed. Who
 * saves again has read it, so their number is taken in the new unit, and for both firms.
 */
const withNewUnits = (view: SubmittedView, units: readonly NewUnit[]): ModalView => {
  const noticed = withNotice(
    view,
    'A KPI changed while this form was open. Nothing was saved. Your text is kept below.',
  );
  const beside = units.map(({ kpiId, text }) => ({ field: fieldOf(view, kpiId), text }));
  return {
    ...noticed,
    private_metadata: withoutShown(view.private_metadata, units),
    blocks: withNotes(
      noticed.blocks.filter((one) => besideField(one.block_id) === undefined),
      'beside',
      beside,
    ),
  };
};

/** Where a form takes what a KPI gives. */
const fieldOf = ({ blocks }: SubmittedView, kpiId: string): string => {
  const status = kpiBlock('status', kpiId);
  return blocks.some((one) => one.block_id === status) ? status : kpiBlock('value', kpiId);
};

const withoutShown = (text: string, units: readonly NewUnit[]): string => {
  const metadata = readMetadata(text);
  if (metadata?.form !== 'update' && metadata?.form !== 'answer') return text;
  const told = new Set(units.map((one) => one.kpiId));
  const left = Object.entries(metadata.formats ?? {}).filter(([kpiId]) => !told.has(kpiId));
  return writeMetadata({
    ...metadata,
    formats: Object.fromEntries(left),
    ...(metadata.internal && { internal: metadata.internal.filter((kpiId) => !told.has(kpiId)) }),
  });
};

/**
 * Somebody else changed the same thing meanwhile. The typed text stays, and saving again keeps it, since the form now
 * stands on the newer revision (`metadata`); one button shows the other person's values instead.
 */
export const withConflict = (view: SubmittedView, conflict: Conflict): ModalView =>
  conflicting(sameView(view), conflict);

interface Conflict {
  readonly what: string;
  readonly byName: string;
  readonly metadata: string;
  /** How a field reads at the other person's, shown under what was typed in it. */
  readonly beside?: readonly Note[];
  /** Whether fields that this person did not change show the other's values now. */
  readonly merged?: boolean;
}

/** The same for a form that shows already what is typed in it. */
export const conflicting = (view: ModalView, conflict: Conflict): ModalView => {
  const rest = conflict.merged === true ? ' What you had not changed shows what stands now.' : '';
  const told = noticed(view, `${clip(conflict.what, mostWhat)} Your text is kept below.${rest}`);
  const [notice, ...fields] = told.blocks.filter(
    (one) => one.block_id !== conflictId && besideField(one.block_id) === undefined,
  );
  const theirs = `Take ${conflict.byName}'s`;
  const label = lengthOf(theirs) > 40 ? 'Take theirs' : theirs;
  const take = actions([button(label, { verb: 'take-theirs' })], conflictId);
  return {
    ...told,
    private_metadata: conflict.metadata,
    submit: plain('Keep mine'),
    blocks: [
      ...(notice === undefined ? [] : [notice]),
      take,
      ...withNotes(fields, 'beside', conflict.beside ?? []),
    ],
  };
};
