import { createContext, useContext } from 'react';
import type { Act, ActResult, ClockAct } from '../page-acts.ts';
import type { LocalChannel, LocalPerson, LocalState, LocalTeam } from '../page-api.ts';
import type { Confirm } from './block-kit.ts';
import type { Route } from './route.ts';

/** An Act without the person: the page adds who acts. */
export type PersonalAct = Act extends infer One ? (One extends Act ? Omit<One, 'as'> : never) : never;

/** What every part of the page may know and do. */
export interface Workspace {
  readonly state: LocalState;
  readonly version: number;
  readonly me: LocalPerson;
  readonly zone: string;
  readonly now: Date;
  readonly route: Route;
  /** The channel in view, or the first one of the acting person. */
  readonly current: LocalChannel | undefined;
  readonly go: (to: Partial<Route>) => void;
  readonly person: (id: string) => LocalPerson | undefined;
  readonly channel: (id: string) => LocalChannel | undefined;
  readonly team: (id: string) => LocalTeam | undefined;
  /** Never rejects: what went wrong on the way is a `refused` result. */
  readonly act: (act: PersonalAct) => Promise<ActResult>;
  /** Why nothing moved, or undefined when it did. */
  readonly turn: (act: ClockAct) => Promise<string | undefined>;
  /** Slack's "Are you sure?" of a button; resolves to the answer. */
  readonly ask: (question: Confirm) => Promise<boolean>;
}

const context = createContext<Workspace | undefined>(undefined);

export const WorkspaceProvider = context.Provider;

export const useWorkspace = (): Workspace => {
  const workspace = useContext(context);
  if (workspace === undefined) throw new Error('useWorkspace stands outside of WorkspaceProvider');
  return workspace;
};

/** "Berlin firm · guest": what tells people of two firms apart. */
export const standing = (person: LocalPerson, team: LocalTeam | undefined): string => {
  const guest = person.role === 'guest' || person.role === 'single-channel-guest';
  return [
    team?.name ?? person.teamId,
    guest ? 'guest' : undefined,
    person.deleted ? 'deactivated' : undefined,
  ]
    .filter((part) => part !== undefined)
    .join(', ');
};

export const initials = (name: string): string =>
  name
    .split(/\s+/)
    .map((word) => [...word][0] ?? '')
    .filter((letter) => letter !== '')
    .slice(0, 2)
    .join('')
    .toUpperCase();
