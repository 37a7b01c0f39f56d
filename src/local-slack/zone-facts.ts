const part = (zone: string, at: Date, timeZoneName: 'long' | 'longOffset'): string =>
  new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName })
    .formatToParts(at)
    .find((piece) => piece.type === 'timeZoneName')?.value ?? '';

/** `tz`, `tz_label` and `tz_offset` (seconds) as in `users.info`. Empty for somebody whose zone is not known. */
export const zoneFacts = (zone: string, at: Date): object => {
  if (zone === '') return {};
  const [, sign, hours, minutes] = /^GMT([+-])(\d+):(\d+)$/.exec(part(zone, at, 'longOffset')) ?? [];
  const seconds = Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60;
  return { tz: zone, tz_label: part(zone, at, 'long'), tz_offset: sign === '-' ? -seconds : seconds };
};
