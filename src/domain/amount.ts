import { isPercentMark, takeApart } from './amount-text.ts';
import { currenciesOf, currencyPrefix, isCurrencyCode, knownCurrencies } from './currency.ts';
import { type DecimalMark, timeUnit, type Unit } from './kpi.ts';
import { readNumber } from './number-text.ts';
import { fromDays, timeOf, timeWords, toDays } from './time-unit.ts';

/** What a KPI fixes once, and every reading of it follows. */
export interface AmountFormat {
  readonly unit: Unit;
  readonly decimalMark: DecimalMark;
}

export type AmountRead =
  | { readonly ok: true; readonly value: number; readonly rough: boolean }
  | { readonly ok: false; readonly message: string };

/** Fifteen digits are what a double keeps exactly: more would be echoed otherwise than typed. */
const limits = { digits: 15, magnitude: 1e15, echoed: 40 } as const;

/** Digits of a finite number, in tens: 1200000 is "12" with 6, "1.2 × 10⁶". Noise of sums past 15 digits is cut. */
const digitsOf = (value: number): { digits: string; power: number } => {
  const match = /^(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(
    Number(Math.abs(value).toPrecision(limits.digits)).toExponential(),
  );
  if (match === null) throw new RangeError(`no amount: ${value}`);
  return { digits: `${match[1]}${match[2] ?? ''}`, power: Number(match[3]) };
};

const written = (digits: string, power: number, mark: DecimalMark, leastFraction: number): string => {
  const padded = power < 0 ? `${'0'.repeat(-power)}${digits}` : digits.padEnd(power + 1, '0');
  const whole = padded.slice(0, Math.max(power, 0) + 1).replace(/\B(?=(\d{3})+$)/g, mark === '.' ? ',' : '.');
  const fraction = padded.slice(Math.max(power, 0) + 1);
  return fraction === '' ? whole : `${whole}${mark}${fraction.padEnd(leastFraction, '0')}`;
};

const withUnit = (value: number, number: string, unit: Unit): string => {
  const sign = value < 0 ? '-' : '';
  if (unit.kind === 'currency') return `${sign}${currencyPrefix(unit.currency)}${number}`;
  return `${sign}${number}${unit.kind === 'percent' ? '%' : ''}`;
};

/** Every digit: "$900,000", "$1,234.50", "35%", "51 days". Give the KPI's own mark wherever it is known. */
export const formatExact = (value: number, unit: Unit, mark: DecimalMark = '.'): string => {
  if (unit.kind === 'time') {
    const shown = fromDays(value, unit.in);
    return timeWords(shown, formatExact(shown, { kind: 'count' }, mark), unit.in);
  }
  const { digits, power } = digitsOf(value);
  return withUnit(value, written(digits, power, mark, unit.kind === 'currency' ? 2 : 0), unit);
};

const steps = [
  { power: 12, letter: 'tn' },
  { power: 9, letter: 'bn' },
  { power: 6, letter: 'm' },
  { power: 3, letter: 'k' },
] as const;

/**
 * Short where that loses nothing: "$560k", "€1.2m", "35%", "1,200". From 10,000 on, what three digits do not give
 * exactly is written out: "$1,234,567". With the KPI's mark, `readAmount` reads every result back as the same value.
 */
export const formatAmount = (value: number, unit: Unit, mark: DecimalMark = '.'): string => {
  const { digits, power } = digitsOf(value);
  const step = steps.find((one) => power >= one.power);
  const long = step === undefined || power < 4 || digits.length > 3;
  if (long || unit.kind === 'percent' || unit.kind === 'time') return formatExact(value, unit, mark);
  return withUnit(value, `${written(digits, power - step.power, mark, 0)}${step.letter}`, unit);
};

/** A hundred times off the last value, either way: likely a slip of "k" or of a mark, so it asks once more. */
export const isUnlikely = (value: number, last: number | undefined): boolean => {
  if (last === undefined || last === 0 || value === 0) return false;
  const ratio = Math.abs(value / last);
  // A hundred times 0.07 is 7.000000000000001: the edge itself must count.
  return Math.max(ratio, 1 / ratio) > 100 - 1e-9;
};

/** The codec of a select's value: "USD", "percent", "days", "count". */
export const unitChoice = (unit: Unit): string => {
  if (unit.kind === 'currency') return unit.currency;
  return unit.kind === 'time' ? unit.in : unit.kind;
};

export const readUnitChoice = (text: string): Unit | undefined => {
  if (text === 'percent' || text === 'count') return { kind: text };
  const time = timeUnit.safeParse(text).data;
  if (time !== undefined) return { kind: 'time', in: time };
  return isCurrencyCode(text) ? { kind: 'currency', currency: text } : undefined;
};

/** A format as a form carries it while it is open: "USD.", "weeks,". */
export const formatCode = ({ unit, decimalMark }: AmountFormat): string =>
  `${unitChoice(unit)}${decimalMark}`;

/** The currencies a form offers: `choice` is what `readUnitChoice` reads, `label` what a person picks. */
export const currencyOptions: readonly { readonly choice: string; readonly label: string }[] =
  knownCurrencies.map(({ currency, label, symbol }) => ({
    choice: currency,
    label: symbol === undefined ? `${currency} · ${label}` : `${symbol} · ${label}`,
  }));

/** Amounts that this very KPI reads, to show in an error or as a hint. */
export const amountExample = ({ unit, decimalMark }: AmountFormat): string => {
  const write = (value: number, as: Unit): string => formatAmount(value, as, decimalMark);
  if (unit.kind === 'percent') return `${write(35, unit)} or ${write(12.5, unit)}`;
  if (unit.kind === 'time')
    return `${write(toDays(45, unit.in), unit)}, 45 or ${write(14, { kind: 'time', in: 'weeks' })}`;
  const plain = { kind: 'count' } as const;
  const first = unit.kind === 'currency' ? write(1_200_000, unit) : write(35, plain);
  return `${first}, ${write(1200, plain)} or ${write(900_000, plain)}`;
};

const quoted = (text: string): string => {
  const shown = Array.from(text.replace(/[\s\p{C}]+/gu, ' ').trim());
  return `"${shown.length > limits.echoed ? `${shown.slice(0, limits.echoed).join('')}…` : shown.join('')}"`;
};

/** "in USD", "in percent", "in days", "a plain number". */
export const unitInWords = (unit: Unit): string => {
  if (unit.kind === 'currency') return `in ${unit.currency}`;
  if (unit.kind === 'time') return `in ${unit.in}`;
  return unit.kind === 'percent' ? 'in percent' : 'a plain number';
};

/** What a sign or word says the amount is, when that is not what the KPI is in. */
const misfit = (mark: string, unit: Unit): string | undefined => {
  if (isPercentMark(mark)) return unit.kind === 'percent' ? undefined : 'a percentage';
  const time = timeOf(mark);
  if (time !== undefined) return unit.kind === 'time' ? undefined : `in ${time}`;
  const currencies = currenciesOf(mark) ?? [];
  return unit.kind === 'currency' && currencies.includes(unit.currency)
    ? undefined
    : `in ${currencies[0] ?? mark}`;
};

/** Reads an amount as people type it. `message` is for the person, about this field; nothing is ever thrown. */
export const readAmount = (text: string, format: AmountFormat): AmountRead => {
  const refuse = (what: string): AmountRead => ({
    ok: false,
    message: `${what} The form is as you left it. Write it like ${amountExample(format)}.`,
  });
  const { unit, decimalMark } = format;
  if (text.trim() === '') return refuse('There is no number here.');
  const parts = takeApart(text);
  const indian = unit.kind === 'currency' && unit.currency === 'INR';
  const number = parts === undefined ? undefined : readNumber(parts.number, decimalMark, indian);
  if (parts === undefined || number === undefined) return refuse(`I cannot read ${quoted(text)}.`);
  for (const mark of parts.marks) {
    const other = misfit(mark, unit);
    if (other !== undefined)
      return refuse(`${quoted(text)} is ${other}, and this KPI is ${unitInWords(unit)}.`);
  }
  const [said, another] = parts.marks.flatMap((mark) => timeOf(mark) ?? []);
  const scaled = parts.power !== 0 && (said !== undefined || parts.marks.some(isPercentMark));
  if (scaled || another !== undefined) return refuse(`I cannot read ${quoted(text)}.`);
  const typed = Number(`${number.digits}e${number.exponent + parts.power}`);
  const value = unit.kind === 'time' ? toDays(typed, said ?? unit.in) : typed;
  if (value > limits.magnitude) {
    return refuse(`${quoted(text)} is too large: I keep amounts up to a thousand trillion.`);
  }
  if (number.digits.replace(/0+$/, '').length > limits.digits) {
    return refuse(`${quoted(text)} has more digits than I can keep: ${limits.digits} at most.`);
  }
  if (unit.kind === 'time' && number.exponent < -2) {
    return refuse(`${quoted(text)} has more than two decimals, and that is more than I show.`);
  }
  return { ok: true, value: parts.negative && value !== 0 ? -value : value, rough: parts.rough };
};
