import type { CivilDate } from './stored.ts';

/** Something stuck that somebody must act on. It weighs on health while it stays open. */
export interface Blocker {
  readonly openedOn: CivilDate;
}
