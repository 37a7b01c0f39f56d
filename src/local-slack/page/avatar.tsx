import { initials } from './workspace.ts';

const hueOf = (id: string): number =>
  [...id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0) * 137) % 360, 7);

/** Initials on a colour of the person's own. The name stands beside it, so it is silent. */
export const Avatar = ({ name, id, small }: { name: string; id: string; small?: boolean }) => (
  <span
    className={small === true ? 'avatar avatar-small' : 'avatar'}
    style={{ background: `oklch(0.48 0.11 ${hueOf(id)})` }}
    aria-hidden="true"
  >
    {initials(name)}
  </span>
);
