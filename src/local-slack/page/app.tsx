import { useCallback, useEffect, useRef, useState } from 'react';
import type { LocalState } from '../page-api.ts';
import type { Confirm } from './block-kit.ts';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { useLive, useVersion } from './live.ts';
import { ModalStack } from './modal-stack.tsx';
import { useRoute } from './route.ts';
import { perform, readState, ServerSaysNo, turnClock } from './server.ts';
import { Shell } from './shell.tsx';
import { type Workspace, WorkspaceProvider } from './workspace.ts';

const sentence = (error: unknown): string =>
  error instanceof ServerSaysNo
    ? error.message
    : 'The local Slack sent something that this page cannot read.';

/** The workspace's time, moving on between two answers of the server. */
const useNow = (state: LocalState | undefined): Date => {
  const read = useRef({ now: '', at: 0 });
  const [, beat] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => beat((n) => n + 1), 5_000);
    return () => clearInterval(timer);
  }, []);
  if (state !== undefined && read.current.now !== state.now) {
    read.current = { now: state.now, at: performance.now() };
  }
  return new Date(
    Date.parse(read.current.now || new Date(0).toISOString()) + performance.now() - read.current.at,
  );
};

interface Question {
  readonly confirm: Confirm;
  readonly answer: (yes: boolean) => void;
}

export const App = () => {
  const { version, bump } = useVersion();
  const { route, go } = useRoute();
  const { data, error } = useLive(`state ${route.as ?? ''}`, version, () => readState(route.as));
  // Whoever acted before stays until the next person's workspace is there, so that nothing flickers or closes.
  const [state, setState] = useState(data);
  if (data !== undefined && data !== state) setState(data);
  const now = useNow(state);
  const [question, setQuestion] = useState<Question>();

  const me = state?.people.find((one) => one.id === state.actingUserId);
  const as = me?.id;

  const act = useCallback<Workspace['act']>(
    async (personal) => {
      if (as === undefined) return { result: 'refused', message: 'Nobody is acting.' };
      try {
        return await perform({ ...personal, as });
      } catch (failure) {
        return { result: 'refused', message: sentence(failure) };
      } finally {
        bump();
      }
    },
    [as, bump],
  );

  const turn = useCallback<Workspace['turn']>(
    async (clockAct) => {
      try {
        return (await turnClock(clockAct)).refused;
      } catch (failure) {
        return sentence(failure);
      } finally {
        bump();
      }
    },
    [bump],
  );

  const ask = useCallback<Workspace['ask']>(
    (confirm) =>
      new Promise((resolve) => {
        setQuestion({
          confirm,
          answer: (yes) => {
            setQuestion(undefined);
            resolve(yes);
          },
        });
      }),
    [],
  );

  if (state === undefined || me === undefined) {
    return (
      <main className="starting" role="status">
        {error ?? (state === undefined ? 'Opening the workspace …' : 'This person is not in the workspace.')}
      </main>
    );
  }
  const rooms = state.channels.filter((one) => one.isMember && one.kind !== 'direct');
  // The page opens where the bot and the other firm are, in every run the same.
  const first = rooms.find((one) => one.shared && one.botIsMember) ?? rooms[0] ?? state.channels[0];
  const workspace: Workspace = {
    state,
    version,
    me,
    zone: me.zone,
    now,
    route,
    current: state.channels.find((one) => one.id === route.channelId) ?? first,
    go,
    person: (id) => state.people.find((one) => one.id === id),
    channel: (id) => state.channels.find((one) => one.id === id),
    team: (id) => state.teams.find((one) => one.id === id),
    act,
    turn,
    ask,
  };
  return (
    <WorkspaceProvider value={workspace}>
      <Shell lost={error} />
      <ModalStack key={me.id} />
      {question !== undefined && <ConfirmDialog confirm={question.confirm} onAnswer={question.answer} />}
    </WorkspaceProvider>
  );
};
