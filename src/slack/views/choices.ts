import { currencyOptions } from '../../domain/amount.ts';
import { monthNames, weekdayNames } from '../../domain/civil-date.ts';
import type { PartnerType, PeriodBasis, Tier } from '../../domain/partnership.ts';
import { cityOf } from '../../domain/zone.ts';
import type { Choice } from './fields.ts';
import { inLine } from './kit.ts';

/** The firms' names: what screens print for the stored words `ours` and `theirs`. */
export interface Firms {
  readonly ours: string;
  readonly theirs: string;
}

const partnerTypeWords: Readonly<Record<PartnerType, string>> = {
  si: 'Consultancy (SI)',
  isv: 'Software firm (ISV)',
  oem: 'Maker who builds us in (OEM)',
  distributor: 'Distributor or aggregator',
  reseller: 'Reseller or MSP',
  other: 'Other',
};
export const partnerTypeChoices: readonly Choice[] = Object.entries(partnerTypeWords).map(
  ([value, text]) => ({ value, text }),
);

export const tierWords: Readonly<Record<Tier, string>> = {
  strategic: 'Strategic',
  growth: 'Growth',
  'long-tail': 'Long tail',
};
export const tierChoices: readonly Choice[] = [
  { value: 'strategic', text: 'Strategic', description: 'Weekly pulse' },
  { value: 'growth', text: 'Growth', description: 'Pulse every two weeks' },
  { value: 'long-tail', text: 'Long tail', description: 'Pulse every four weeks' },
];

/** What a period was agreed as: "Northwind's quarter". */
export const periodBasisWords = (basis: PeriodBasis, firms: Firms): string => {
  if (basis === 'shared-quarter') return 'to a quarter end of both firms';
  const [whose, span] = basis.split('-');
  return `${inLine(whose === 'our' ? firms.ours : firms.theirs, 50)}'s ${span}`;
};

export const monthChoices: readonly Choice[] = monthNames.map((text, index) => ({
  value: String(index + 1),
  text,
}));
export const readMonth = (value: string | undefined): number | undefined => {
  const month = Number(value);
  return Number.isInteger(month) && month >= 1 && month <= 12 ? month : undefined;
};

export const weekdayChoices: readonly Choice[] = weekdayNames.map((text, index) => ({
  value: String(index + 1),
  text,
}));

/** 05:00 to 20:45 in quarter hours: 64. */
export const timeChoices: readonly Choice[] = Array.from({ length: 64 }, (_, index) => {
  const minutes = 5 * 60 + index * 15;
  const two = (part: number) => String(part).padStart(2, '0');
  const time = `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
  return { value: time, text: time };
});

const commonZones = [
  'Pacific/Honolulu America/Anchorage America/Los_Angeles America/Phoenix America/Denver America/Chicago',
  'America/Mexico_City America/New_York America/Toronto America/Bogota America/Lima America/Santiago',
  'America/Sao_Paulo America/Argentina/Buenos_Aires Atlantic/Reykjavik Europe/London Europe/Dublin Europe/Lisbon',
  'Africa/Casablanca Africa/Lagos Europe/Madrid Europe/Paris Europe/Brussels Europe/Amsterdam Europe/Berlin',
  'Europe/Zurich Europe/Rome Europe/Vienna Europe/Prague Europe/Copenhagen Europe/Oslo Europe/Stockholm',
  'Europe/Warsaw Europe/Athens Europe/Helsinki Europe/Bucharest Europe/Kyiv Europe/Istanbul Africa/Cairo',
  'Africa/Johannesburg Asia/Jerusalem Africa/Nairobi Asia/Riyadh Asia/Dubai Asia/Karachi Asia/Kolkata',
  'Asia/Dhaka Asia/Bangkok Asia/Ho_Chi_Minh Asia/Jakarta Asia/Shanghai Asia/Hong_Kong Asia/Singapore',
  'Asia/Manila Australia/Perth Asia/Seoul Asia/Tokyo Australia/Brisbane Australia/Sydney Pacific/Auckland UTC',
].flatMap((line) => line.split(' '));

/** Common zones from west to east, always with those that are in use already. */
export const zoneChoices = (...inUse: readonly (string | undefined)[]): readonly Choice[] => {
  const extra = inUse.filter((zone): zone is string => zone !== undefined && !commonZones.includes(zone));
  return [...new Set([...extra, ...commonZones])].map((zone) => ({
    value: zone,
    text: cityOf(zone),
    description: zone,
  }));
};

export const unitChoices: readonly Choice[] = [
  ...currencyOptions.map((one) => ({ value: one.choice, text: one.label })),
  { value: 'percent', text: '% · Percent' },
  { value: 'days', text: 'Days' },
  { value: 'weeks', text: 'Weeks' },
  { value: 'hours', text: 'Hours' },
  { value: 'count', text: 'A plain number' },
];

export const sideChoices = (firms: Firms): readonly Choice[] => [
  { value: 'ours', text: firms.ours },
  { value: 'theirs', text: firms.theirs },
  { value: 'joint', text: 'Joint' },
];

export const statusChoices: readonly Choice[] = [
  { value: 'on-track', text: 'On track' },
  { value: 'behind', text: 'Behind' },
  { value: 'off-track', text: 'Off track' },
];
