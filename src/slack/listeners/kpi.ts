import type { ModalView } from '@slack/types';
import type { Side } from '../../domain/person.ts';
import { defineKpi } from '../../usecases/define-kpi.ts';
import { demand, demandOpen, type Loaded, loadPartnership } from '../../usecases/load.ts';
import { readMetadata } from '../ids.ts';
import { buildKpiForm, type KpiFormFacts, redrawKpiForm } from '../views/kpi-form.ts';
import { parseKpiForm } from '../views/kpi-form-input.ts';
import { brokenForm, type SubmittedView } from '../views/submitted.ts';
import type { Ask, Asked } from './ask.ts';
import { openForm, receiptView } from './form.ts';
import { type Submission, type Submitted, show } from './submission.ts';

const title = 'Add a KPI';

export const openKpi = (ask: Ask, partnershipId: string, side?: Side): Promise<void> =>
  openForm(
    ask,
    { title, again: { verb: 'add-kpi', partnershipId, ...(side === undefined ? {} : { side }) } },
    async () => {
      const loaded = await loadPartnership(ask.parts.deps, ask.asking, partnershipId, 'see');
      await demand(ask.parts.deps, loaded, `define-kpi:${side ?? 'joint'}`);
      await demandOpen(ask.parts.deps, loaded);
      return buildKpiForm({ ...facts(loaded), now: side === undefined ? {} : { side } });
    },
  );

const facts = ({ partnership, firm }: Loaded): Omit<KpiFormFacts, 'now'> => {
  const count = (side: Side): number => partnership.kpis.filter((one) => one.side === side).length;
  return {
    partnershipId: partnership._id,
    firms: { ours: partnership.firmName, theirs: partnership.name },
    firm: firm === 'theirs' ? 'theirs' : 'ours',
    partnerType: partnership.partnerType,
    period: { end: partnership.period.end },
    others: { ours: count('ours'), theirs: count('theirs'), joint: count('joint') },
  };
};

/** Side, unit or an amount changed: other fields and the "Read as" line follow, and what was typed stays. */
export const redrawKpi = async ({ parts, asking }: Asked, view: SubmittedView): Promise<ModalView> => {
  const metadata = readMetadata(view.private_metadata);
  if (metadata?.form !== 'kpi') throw brokenForm();
  const loaded = await loadPartnership(parts.deps, asking, metadata.partnershipId, 'see');
  return redrawKpiForm(view, facts(loaded));
};

export const submitKpi = async ({ parts, asking, view }: Submission<'kpi'>): Promise<Submitted> => {
  const parsed = parseKpiForm(view);
  if (!parsed.ok) return { kind: 'errors', fields: parsed.fields };
  const outcome = await defineKpi(parts.deps, asking, parsed.value);
  if (!outcome.ok) return { kind: 'errors', fields: outcome.fields };
  const { kpi, readAs } = outcome.value;
  return show(receiptView('KPI', `Saved: ${kpi.name}.`, [readAs]));
};
