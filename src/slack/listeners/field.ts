import type { App } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { anyField, readMetadata } from '../ids.ts';
import { type SubmittedView, submittedView } from '../views/submitted.ts';
import { type Ask, answering, askOf, contextShape, knownAs, personOf, whoShape } from './ask.ts';
import { redrawCreate } from './create.ts';
import { redrawEdit } from './edit.ts';
import { redrawFiscalYear } from './fiscal-year.ts';
import { redrawGoal } from './goal.ts';
import { redrawHandOver } from './hand-over.ts';
import { redrawKpi } from './kpi.ts';
import type { ListenerParts } from './parts.ts';
import { updateView } from './reply.ts';
import { redrawRhythm } from './rhythm.ts';

/** Which field it was; a button among the fields carries its value. */
const chosen = z.object({ block_id: z.string().optional(), value: z.string().nullish() });
const fieldBody = whoShape.extend({ trigger_id: z.string(), view: z.unknown(), actions: z.array(chosen) });

/** A field that others follow from was changed: the form is drawn again, with everything typed in it. */
export const onField = (app: App, parts: ListenerParts): void => {
  /** The number of the last change of each view that is being drawn again. */
  const newest = new Map<string, number>();
  app.action(anyField, async ({ ack, body, context }) => {
    await ack();
    const changed = fieldBody.parse(body);
    const view = submittedView.safeParse(changed.view);
    if (!view.success) return;
    const { id: viewId, hash = '' } = view.data;
    const { workspaceId } = contextShape.parse(context);
    const change = (newest.get(viewId) ?? 0) + 1;
    newest.set(viewId, change);
    const ask = askOf(parts, {
      workspaceId,
      by: await knownAs(parts, workspaceId, personOf(changed)),
      triggerId: changed.trigger_id,
      respond: undefined,
      inView: { viewId, hash, metadata: view.data.private_metadata },
    });
    await answering(ask, 'redraw', async () => {
      const redrawn = await redraw(ask, view.data, changed.actions[0]);
      // No hash: two quick changes come with the same one, and it is the later that must be drawn.
      if (redrawn !== undefined && newest.get(viewId) === change)
        await updateView(parts, { viewId }, redrawn);
    });
    if (newest.get(viewId) === change) newest.delete(viewId);
  });
};

const redraw = async (
  ask: Ask,
  view: SubmittedView,
  by: z.infer<typeof chosen> | undefined,
): Promise<ModalView | undefined> => {
  switch (readMetadata(view.private_metadata)?.form) {
    case 'partnership':
      return redrawCreate(ask, view);
    case 'edit':
      return redrawEdit(ask, view);
    case 'fiscal-year':
      return redrawFiscalYear(ask, view);
    case 'goal':
      return redrawGoal(ask, view);
    case 'hand-over':
      return redrawHandOver(ask, view);
    case 'kpi':
      return redrawKpi(ask, view);
    case 'rhythm':
      return redrawRhythm(ask, view, { field: by?.block_id ?? '', value: by?.value ?? undefined });
    default:
      return undefined;
  }
};
