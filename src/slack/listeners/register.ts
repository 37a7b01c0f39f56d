import type { App } from '@slack/bolt';
import { anyField, anyPress } from '../ids.ts';
import { openCreate, submitCreate } from './create.ts';
import { openEdit, submitEdit } from './edit.ts';
import { openEnd, pressReopen, submitEnd } from './end.ts';
import { exportTo } from './export.ts';
import { onField } from './field.ts';
import { pressFiscalYear, submitFiscalYear } from './fiscal-year.ts';
import { openGoal, submitGoal } from './goal.ts';
import { pressHandOver, pressTakeLead, submitHandOver } from './hand-over.ts';
import { pressChanges, pressHistory } from './history.ts';
import { onHomeOpened } from './home.ts';
import { pressIntroduce, submitIntroduce } from './introduce.ts';
import { openKpi, submitKpi } from './kpi.ts';
import { pressList } from './list.ts';
import { pressNotAskMe, pressSnooze, submitSnooze } from './nudge.ts';
import { pressKpiHistory, pressNumbers } from './numbers.ts';
import { pressOpenItems } from './open-items.ts';
import { about, onCommand, pressChoice } from './partnership-command.ts';
import type { ListenerParts } from './parts.ts';
import { pressAskColleague, pressAskMe, pressNotNow, submitColleague } from './people.ts';
import {
  pressClosePeriod,
  pressPeriodAnswer,
  pressYears,
  submitClosePeriod,
  submitPeriodAnswer,
} from './period.ts';
import { onPress, type PressTable } from './press.ts';
import { openUpdate, pressConfirm, pressCorrect, submitUpdate } from './readings.ts';
import {
  pressAbout,
  pressAnswer,
  pressNoChange,
  pressSkip,
  submitAnswer,
  submitNoChange,
  submitSkip,
} from './review.ts';
import { openRhythm, submitRhythm } from './rhythm.ts';
import {
  pressPause,
  pressResume,
  pressRunNow,
  pressSkipNext,
  submitPause,
  submitRunNow,
  submitSkipNext,
} from './rhythm-acts.ts';
import { openSettings, submitSettings } from './settings.ts';
import type { SubmitTable } from './submission.ts';
import { onSubmit } from './submit.ts';
import { pressTakeTheirs } from './take-theirs.ts';
import { openVision, pressSign, pressVersions, submitSign, submitVision } from './vision.ts';

/** What each button does. A verb without an entry does not compile. */
const presses: PressTable = {
  'new-partnership': (press) => openCreate(press),
  view: (press) => about(press, 'view', press.action.partnershipId),
  choose: pressChoice,
  introduce: pressIntroduce,
  'add-goal': (press) => openGoal(press, press.action.partnershipId),
  'add-kpi': (press) => openKpi(press, press.action.partnershipId, press.action.side),
  'set-rhythm': (press) => openRhythm(press, press.action),
  'update-kpis': (press) => openUpdate(press, press.action),
  vision: (press) => openVision(press, press.action.partnershipId),
  'sign-vision': pressSign,
  'vision-versions': pressVersions,
  history: pressHistory,
  changes: pressChanges,
  'my-open-items': pressOpenItems,
  edit: (press) => openEdit(press, press.action.partnershipId),
  'fiscal-year': pressFiscalYear,
  answer: pressAnswer,
  'change-answer': pressAnswer,
  'no-change': pressNoChange,
  'enter-values': pressAnswer,
  skip: pressSkip,
  about: pressAbout,
  'ask-me': pressAskMe,
  'ask-colleague': pressAskColleague,
  'add-our-vision': (press) => openVision(press, press.action.partnershipId),
  'not-now': pressNotNow,
  'take-theirs': pressTakeTheirs,
  snooze: pressSnooze,
  'not-ask-me': pressNotAskMe,
  list: pressList,
  'skip-next': pressSkipNext,
  'pause-rhythm': pressPause,
  'resume-rhythm': pressResume,
  'run-now': pressRunNow,
  numbers: pressNumbers,
  'kpi-history': pressKpiHistory,
  'confirm-reading': pressConfirm,
  'correct-reading': pressCorrect,
  end: (press) => openEnd(press, press.action.partnershipId),
  reopen: pressReopen,
  export: (press) => exportTo(press, press.action.partnershipId),
  'hand-over': pressHandOver,
  'take-lead': pressTakeLead,
  settings: (press) => openSettings(press),
  'period-answer': pressPeriodAnswer,
  'close-period': pressClosePeriod,
  years: pressYears,
};

/** What each form does when it is sent. */
const submissions: SubmitTable = {
  partnership: submitCreate,
  edit: submitEdit,
  introduce: submitIntroduce,
  goal: submitGoal,
  kpi: submitKpi,
  vision: submitVision,
  sign: submitSign,
  'fiscal-year': submitFiscalYear,
  rhythm: submitRhythm,
  answer: submitAnswer,
  update: submitUpdate,
  'no-change': submitNoChange,
  skip: submitSkip,
  colleague: submitColleague,
  snooze: submitSnooze,
  'pause-rhythm': submitPause,
  'skip-next': submitSkipNext,
  'run-now': submitRunNow,
  end: submitEnd,
  'hand-over': submitHandOver,
  settings: submitSettings,
  'period-answer': submitPeriodAnswer,
  'close-period': submitClosePeriod,
};

/** Everything that the bot listens to, in one place. Events of `message` are kept before Bolt sees them. */
export const registerListeners = (app: App, parts: ListenerParts): void => {
  onCommand(app, parts);
  onPress(app, parts, presses);
  onField(app, parts);
  onSubmit(app, parts, submissions);
  onHomeOpened(app, parts);
  acknowledgeRest(app);
};

/** What nobody listens to shows the person an error after three seconds, unless it is acknowledged. */
const acknowledgeRest = (app: App): void => {
  app.action(/^/, async ({ ack, body }) => {
    const [first] = 'actions' in body ? body.actions : [];
    const id = first !== undefined && 'action_id' in first ? first.action_id : '';
    if (!anyPress.test(id) && !anyField.test(id)) await ack();
  });
  app.view({ callback_id: /^(?!form:)/, type: 'view_submission' }, async ({ ack }) => ack());
};
