import type { HomeView, KnownBlock, ModalView } from '@slack/types';
import { callbackId, type FormMetadata, writeMetadata } from '../ids.ts';
import { withSeen } from './field-values.ts';
import { atMost, clip, limits, plain, RefusedBySlack, within } from './kit.ts';

/** Whether Slack takes this view: at most 100 blocks and 250 KB. */
export const viewFits = (view: ModalView | HomeView): boolean =>
  view.blocks.length <= limits.viewBlocks &&
  new TextEncoder().encode(JSON.stringify(view)).length <= limits.viewBytes;

const fitting = <V extends ModalView | HomeView>(view: V): V => {
  if (!viewFits(view)) throw new RefusedBySlack(`the view has ${view.blocks.length} blocks or over 250 KB`);
  return view;
};

/** A form: its callback id and metadata follow from `metadata`. Without `submit` it can only be closed. */
export const form = (of: {
  readonly metadata: FormMetadata;
  readonly title: string;
  readonly submit?: string;
  readonly close?: string;
  readonly blocks: readonly KnownBlock[];
}): ModalView =>
  fitting({
    type: 'modal',
    callback_id: callbackId(of.metadata.form),
    private_metadata: within('metadata', writeMetadata(withSeen(of.metadata, of.blocks)), limits.metadata),
    title: plain(clip(of.title, limits.title), limits.title),
    ...(of.submit !== undefined && { submit: plain(of.submit, limits.title) }),
    close: plain(of.close ?? 'Cancel', limits.title),
    blocks: atMost('view blocks', of.blocks, limits.viewBlocks),
  });

/** A modal that only says something. */
export const saying = (of: {
  readonly callbackId: string;
  readonly title: string;
  readonly blocks: readonly KnownBlock[];
}): ModalView =>
  fitting({
    type: 'modal',
    callback_id: of.callbackId,
    title: plain(clip(of.title, limits.title), limits.title),
    close: plain('Close', limits.title),
    blocks: atMost('view blocks', of.blocks, limits.viewBlocks),
  });

export const home = (blocks: readonly KnownBlock[]): HomeView =>
  fitting({ type: 'home', blocks: atMost('home blocks', blocks, limits.viewBlocks) });
