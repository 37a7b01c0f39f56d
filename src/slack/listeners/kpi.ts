import type { ModalView } from '@slack/types';
import { type DecimalMark, isInUse, type Kpi } from '../../domain/kpi.ts';
import { stepsInText } from '../../domain/kpi-steps.ts';
import type { Side } from '../../domain/person.ts';
import { defineKpi, kpiGone } from '../../usecases/define-kpi.ts';
import { type KpiFormStart, type KpiToEdit, kpiFormStart } from '../../usecases/view-kpi-form.ts';
import { readMetadata } from '../ids.ts';
import { drawnValues } from '../views/field-values.ts';
import { buildKpiForm } from '../views/kpi-form.ts';
import type { KpiChoices, KpiFormFacts } from '../views/kpi-form-facts.ts';
import { kpiChoices, parseKpiForm, storedChoices } from '../views/kpi-form-input.ts';
import { movedToMark } from '../views/kpi-mark.ts';
import { kpiMoreBlock } from '../views/kpi-more-fields.ts';
import { wantsMore } from '../views/more.ts';
import { drawnRewritten } from '../views/redraw.ts';
import { brokenForm, type SubmittedView, type TypedValues } from '../views/submitted.ts';
import { whichOne } from '../views/which-one.ts';
import type { Ask, Asked } from './ask.ts';
import { openForm, receiptView } from './form.ts';
import { redrawChosen } from './redraw-chosen.ts';
import { type Submission, type Submitted, show } from './submission.ts';

/** With a `side`: a new KPI of that side, which is what the button said. Without: a new one, or one to change. */
export const openKpi = (ask: Ask, partnershipId: string, side?: Side): Promise<void> =>
  openForm(
    ask,
    {
      title: side === undefined ? 'KPIs' : 'Add a KPI',
      again: { verb: 'add-kpi', partnershipId, ...(side === undefined ? {} : { side }) },
    },
    async () => {
      const start = await kpiFormStart(ask.parts.deps, ask.asking, { partnershipId, side });
      return side === undefined
        ? draw(start, { choose: true, edited: undefined, now: {} })
        : draw(start, { choose: false, edited: undefined, now: { side } });
    },
  );

/** A KPI as it is stored now. */
export const kpiForm = async (
  { parts, asking }: Asked,
  partnershipId: string,
  kpiId: string | undefined,
  more = false,
): Promise<ModalView> => {
  const start = await kpiFormStart(parts.deps, asking, { partnershipId });
  const edited = await start.toEdit(kpiId);
  if (edited === undefined) throw kpiGone();
  return draw(start, { choose: true, edited, now: storedChoices(edited.kpi), more });
};

/**
 * The stored form with some fields as a person has them in `view`, and the fields that follow from those. Undefined for
 * a form about anything else.
 */
export const kpiFormSaying = async (
  asked: Asked,
  view: SubmittedView,
  stored: ModalView,
  typed: TypedValues,
): Promise<ModalView | undefined> => {
  if (readMetadata(view.private_metadata)?.form !== 'kpi') return undefined;
  const values = { ...drawnValues(stored.blocks), ...typed };
  const fields = view.blocks.filter((one) => one.type === 'input');
  const { blocks } = await redrawKpi(asked, { ...view, blocks: fields, state: { values } });
  return { ...stored, blocks };
};

interface Drawn {
  /** Whether the form asks which one. */
  readonly choose: boolean;
  readonly edited: KpiToEdit | undefined;
  readonly now: KpiChoices;
  /** Asked for by the tick; a KPI that has something there shows it anyway. */
  readonly more?: boolean;
}

const draw = (
  { loaded, kpis, seen, sides }: KpiFormStart,
  { choose, edited, now, more }: Drawn,
): ModalView => {
  const { partnership } = loaded;
  const firms = { ours: partnership.firmName, theirs: partnership.name };
  const count = (side: Side): number =>
    seen.filter((one) => one.side === side && one.id !== edited?.kpi.id && isInUse(one)).length;
  const facts: KpiFormFacts = {
    partnershipId: partnership._id,
    firms,
    sides,
    seesInternal: loaded.may('see-internal'),
    partnerType: partnership.partnerType,
    period: { end: partnership.period.end },
    others: { ours: count('ours'), theirs: count('theirs'), joint: count('joint') },
    existing: choose
      ? inUseFirst(kpis).map((one) => ({ id: one.id, name: one.name, whose: whose(one, firms) }))
      : [],
    now,
    more: more === true || (edited !== undefined && hasMore(edited.kpi)),
  };
  if (edited === undefined) return buildKpiForm(facts);
  return buildKpiForm({ ...facts, kpi: kpiFacts(edited, now.decimalMark ?? edited.kpi.decimalMark) });
};

const inUseFirst = (kpis: readonly Kpi[]): readonly Kpi[] => [
  ...kpis.filter(isInUse),
  ...kpis.filter((one) => !isInUse(one)),
];

const hasMore = ({ source, weight, checkpoints, retired }: Kpi): boolean =>
  source !== undefined || weight !== 1 || checkpoints !== undefined || retired !== undefined;

const whose = ({ side, visibility, retired }: Kpi, firms: KpiFormFacts['firms']): string => {
  if (retired !== undefined) return 'Retired';
  if (visibility === 'internal') return `Only ${firms.ours} sees it`;
  return side === 'joint' ? 'Joint' : firms[side];
};

const kpiFacts = ({ kpi, hasValues }: KpiToEdit, mark: DecimalMark): NonNullable<KpiFormFacts['kpi']> => ({
  id: kpi.id,
  rev: kpi.rev,
  side: kpi.side,
  hasValues,
  name: kpi.name,
  ...(kpi.definition === undefined ? {} : { definition: kpi.definition }),
  due: kpi.due,
  cadence: kpi.cadence,
  ...(kpi.owner === undefined ? {} : { ownerUserId: kpi.owner.userId }),
  visibility: kpi.visibility,
  ...(kpi.knownAfter === undefined ? {} : { knownAfter: kpi.knownAfter }),
  ...(kpi.source === undefined ? {} : { source: kpi.source }),
  weight: kpi.weight,
  steps: stepsInText({ ...kpi, decimalMark: mark }),
  ...(kpi.retired === undefined ? {} : { retired: kpi.retired.reason }),
});

/** Another KPI, a side, a unit or an amount was chosen: other fields follow, and what was typed stays. */
export const redrawKpi = async ({ parts, asking }: Asked, view: SubmittedView): Promise<ModalView> => {
  const metadata = readMetadata(view.private_metadata);
  if (metadata?.form !== 'kpi') throw brokenForm();
  const { partnershipId, kpiId } = metadata;
  const choose = whichOne(view, 'kpiId').asked;
  const start = await kpiFormStart(parts.deps, asking, { partnershipId });
  const more = wantsMore(view, kpiMoreBlock);
  const kpi = isShown(view, kpiId) ? start.kpis.find((one) => one.id === kpiId) : undefined;
  const moved = kpi && movedToMark(view, kpi);
  if (moved !== undefined) {
    const edited = await start.toEdit(kpiId);
    return drawnRewritten(moved, draw(start, { choose, edited, now: kpiChoices(moved), more }));
  }
  return redrawChosen(view, {
    block: 'kpiId',
    shown: kpiId,
    isThere: (id) => start.kpis.some((one) => one.id === id),
    draw: async (id, from) => {
      const edited = await start.toEdit(id);
      const stored = edited === undefined ? {} : storedChoices(edited.kpi);
      return from === 'typed'
        ? draw(start, { choose, edited, now: kpiChoices(view), more })
        : draw(start, { choose, edited, now: stored });
    },
  });
};

/** The one that the form shows is the one that it asks about. */
const isShown = (view: SubmittedView, kpiId: string | undefined): boolean => {
  const { asked, id } = whichOne(view, 'kpiId');
  return !asked || id === kpiId;
};

export const submitKpi = async ({ parts, asking, view }: Submission<'kpi'>): Promise<Submitted> => {
  const parsed = parseKpiForm(view);
  if (!parsed.ok) return { kind: 'errors', fields: parsed.fields };
  const outcome = await defineKpi(parts.deps, asking, parsed.value);
  if (!outcome.ok) return { kind: 'errors', fields: outcome.fields };
  const { kpi, readAs, notes } = outcome.value;
  return show(receiptView('KPI', `Saved: ${kpi.name}.`, [readAs, ...notes]));
};
