import { useState } from 'react';
import type { ClockAct } from '../page-acts.ts';
import { cityOf, clockTime, fullDate, instantOf, wallClock } from './time.ts';
import { useWorkspace } from './workspace.ts';

const hour = 3_600_000;
const steps = [
  { label: '+1 hour', ms: hour },
  { label: '+1 day', ms: 24 * hour },
  { label: '+1 week', ms: 168 * hour },
] as const;

/** The workspace's time in the acting person's zone, and the ways to move it. */
export const ClockControl = () => {
  const { now, zone, turn } = useWorkspace();
  const [target, setTarget] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string>();

  const move = async (act: ClockAct) => {
    setBusy(true);
    setTrouble(await turn(act));
    setBusy(false);
    setTarget(undefined);
  };
  const toTarget = (act: 'walk-to' | 'jump-to') => {
    const at = instantOf(target ?? wallClock(now, zone), zone);
    if (at === undefined) setTrouble('Choose a date and a time.');
    else void move({ act, date: at.toISOString() });
  };

  return (
    <section className="clock" aria-label="Clock">
      <h2>Clock</h2>
      <p className="clock-now">
        <time dateTime={now.toISOString()}>
          {fullDate(now, zone)}, {clockTime(now, zone)}
        </time>{' '}
        {cityOf(zone)}
      </p>
      <div className="clock-steps">
        <button
          type="button"
          className="clock-next"
          disabled={busy}
          onClick={() => void move({ act: 'walk-to-next' })}
        >
          Walk to next
        </button>
        {steps.map((step) => (
          <button
            key={step.label}
            type="button"
            disabled={busy}
            onClick={() =>
              void move({ act: 'walk-to', date: new Date(now.getTime() + step.ms).toISOString() })
            }
          >
            {step.label}
          </button>
        ))}
      </div>
      <label htmlFor="clock-target">Date and time</label>
      <input
        id="clock-target"
        type="datetime-local"
        value={target ?? wallClock(now, zone)}
        onChange={(event) => setTarget(event.target.value)}
      />
      <div className="clock-steps">
        <button type="button" disabled={busy} onClick={() => toTarget('walk-to')}>
          Walk to…
        </button>
        <button
          type="button"
          disabled={busy}
          title="Time is there at once; nothing ran in between"
          onClick={() => toTarget('jump-to')}
        >
          The bot was off until…
        </button>
      </div>
      <p className="clock-said" role="status">
        {busy ? 'Walking …' : (trouble ?? '')}
      </p>
    </section>
  );
};
