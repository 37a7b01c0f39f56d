import type { ModalView } from '@slack/types';
import type { DomainError } from '../../domain/errors.ts';
import { changedParts } from '../../domain/vision-changes.ts';
import type { Asking } from '../../ports.ts';
import { latestVision } from '../../usecases/latest-vision.ts';
import { loadPartnership, nameOf } from '../../usecases/load.ts';
import { visionId } from '../../usecases/revise-vision.ts';
import { loadPeriodFor } from '../../usecases/view-period.ts';
import { changesSince } from '../../usecases/write.ts';
import { type FormMetadata, readMetadata, writeMetadata } from '../ids.ts';
import { conflicting, withConflict } from '../views/answer-to-form.ts';
import { withNotesOf } from '../views/field-notes.ts';
import { drawnValues, withSeen } from '../views/field-values.ts';
import { merged } from '../views/merge.ts';
import { choseOfEarlier, withoutVision, withVisionOf } from '../views/moved-vision.ts';
import { drawnAnew } from '../views/redraw.ts';
import { brokenForm, readFields, type SubmittedView, withTyped } from '../views/submitted.ts';
import type { Asked } from './ask.ts';
import { fieldWords } from './field-words.ts';
import { kpiFormSaying } from './kpi.ts';
import type { ListenerParts } from './parts.ts';
import { correctionConflict } from './readings.ts';
import { storedForm } from './stored-form.ts';

/** The revision that stands now of what a form edits, and the document whose audit entries tell of it. */
interface Standing {
  readonly base: number;
  readonly of: string;
  readonly entity?: string;
}

/**
 * Somebody was quicker: their sentence on top, all that was typed below, and the form now stands on the newer
 * revision, so that saving again is a decision. Undefined when the form edits nothing that has revisions.
 */
export const conflictView = async (
  parts: ListenerParts,
  asking: Asking,
  view: SubmittedView,
  error: DomainError,
): Promise<ModalView | undefined> => {
  const metadata = readMetadata(view.private_metadata);
  const what = error.message.replace(/ (Your text|Yours) is kept below\.$/, '');
  if (metadata?.form === 'update') return correctionConflict(parts, asking, view, metadata, what);
  if (metadata === undefined || !('base' in metadata)) return undefined;
  const standing = await standingOf(parts, asking, metadata);
  if (standing === undefined) return undefined;
  const { base, of, entity } = standing;
  const [latest] = await changesSince(parts.deps.store.workspace(asking.workspaceId), {
    of,
    since: 0,
    ...(entity === undefined ? {} : { entity }),
  });
  const name = latest === undefined ? 'theirs' : await nameOf(parts.deps, asking.workspaceId, latest.by);
  const byName = name.split(' ')[0] ?? name;
  if (metadata.form === 'goal' || metadata.form === 'kpi' || metadata.form === 'period-answer')
    return fieldByField({ parts, asking }, view, metadata, { what, byName });
  return withConflict(view, {
    what,
    byName,
    metadata: writeMetadata({ ...metadata, base }),
    ...(metadata.form === 'vision' ? { beside: await visionBeside(parts, asking, view, metadata) } : {}),
  });
};

type ByField = Extract<FormMetadata, { form: 'goal' | 'kpi' | 'period-answer' }>;

/**
 * What this person did not touch shows what stands now, so that saving again takes nothing back; what both changed keeps
 * this person's text, with how it stands now under it.
 */
const fieldByField = async (
  asked: Asked,
  view: SubmittedView,
  metadata: ByField,
  told: { readonly what: string; readonly byName: string },
): Promise<ModalView> => {
  const stored = await storedForm(asked, view.private_metadata, view);
  const now = readMetadata(stored.private_metadata);
  if (now === undefined || !('seen' in now)) throw brokenForm();
  const earlier = choseOfEarlier(view, metadata, now);
  const compared = earlier ? withoutVision(stored) : stored;
  const { values, apart, taken } = merged(view, compared, metadata.seen);
  // On the fields that are there now: what somebody added meanwhile has none in the form as it was sent.
  const drawn =
    (await kpiFormSaying(asked, view, stored, values)) ??
    withTyped(earlier ? withVisionOf(view, stored) : stored, values);
  const noted = withNotesOf(view.blocks, drawn.blocks);
  const theirs = drawnValues(stored.blocks);
  const beside = apart.map(async (field) => {
    const words = await fieldWords(asked, stored.blocks, theirs, field);
    return { field, text: `As it stands now:\n${words === '' ? '(nothing)' : words}` };
  });
  const base = now.base ?? 0;
  return conflicting(drawnAnew(view, { ...drawn, blocks: noted }), {
    ...told,
    metadata: writeMetadata(earlier ? withSeen({ ...metadata, base }, compared.blocks) : now),
    beside: await Promise.all(beside),
    merged: taken,
  });
};

/** The parts that somebody else changed since the form was drawn, and that read differently in it. */
const visionBeside = async (
  { deps }: ListenerParts,
  asking: Asking,
  view: SubmittedView,
  { partnershipId, base }: Extract<FormMetadata, { form: 'vision' }>,
): Promise<{ field: string; text: string }[]> => {
  const { firm } = await loadPartnership(deps, asking, partnershipId, 'see');
  const { visions } = deps.store.workspace(asking.workspaceId);
  const [latest, drawn] = await Promise.all([
    latestVision(deps, asking.workspaceId, partnershipId),
    visions.get(visionId(partnershipId, base)),
  ]);
  if (latest === undefined) return [];
  const fields = { [firm === 'theirs' ? 'theirs' : 'ours']: 'own', joint: 'joint' };
  const typed = readFields(view);
  const changed = changedParts(drawn, latest).flatMap(({ part, now }) => {
    const field = fields[part];
    return field === undefined || (typed.text(field) ?? '') === (now ?? '') ? [] : [{ field, part, now }];
  });
  return Promise.all(
    changed.map(async ({ field, part, now }) => {
      const by = latest[part]?.by ?? latest.by;
      const whose =
        by === undefined ? 'As it stands now' : `As ${await nameOf(deps, asking.workspaceId, by)} left it`;
      return { field, text: `${whose}, vision ${latest.number}:\n${now ?? '(taken out)'}` };
    }),
  );
};

const standingOf = async (
  { deps }: ListenerParts,
  asking: Asking,
  metadata: FormMetadata,
): Promise<Standing | undefined> => {
  const { workspaceId } = asking;
  const store = deps.store.workspace(workspaceId);
  switch (metadata.form) {
    case 'edit': {
      const found = await store.partnerships.get(metadata.partnershipId);
      return found && { base: found.version, of: found._id, entity: found._id };
    }
    case 'goal':
    case 'kpi': {
      const id = metadata.form === 'goal' ? metadata.goalId : metadata.kpiId;
      const found = await store.partnerships.get(metadata.partnershipId);
      const one = [...(found?.goals ?? []), ...(found?.kpis ?? [])].find((each) => each.id === id);
      return one && { base: one.rev, of: metadata.partnershipId, entity: one.id };
    }
    case 'settings': {
      const found = await store.settings.get(workspaceId);
      return found && { base: found.version, of: workspaceId };
    }
    case 'vision': {
      const found = await latestVision(deps, workspaceId, metadata.partnershipId);
      return found && { base: found.number, of: found._id };
    }
    case 'rhythm': {
      const found = metadata.rhythmId === undefined ? undefined : await store.rhythms.get(metadata.rhythmId);
      return found && { base: found.rev, of: found._id };
    }
    case 'period-answer': {
      const { firm, question } = await loadPeriodFor(deps, asking, metadata.occurrenceId);
      const base = question.periodWords?.[firm]?.at.getTime();
      return base === undefined ? undefined : { base, of: question._id, entity: firm };
    }
    default:
      return undefined;
  }
};
