import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  amountExample,
  currencyOptions,
  formatAmount,
  formatExact,
  isUnlikely,
  readAmount,
  readUnitChoice,
  unitChoice,
} from '../../../src/domain/amount.ts';
import type { DecimalMark, Unit } from '../../../src/domain/kpi.ts';

const money = (currency: string): Unit => ({ kind: 'currency', currency });
const percent: Unit = { kind: 'percent' };
const plain: Unit = { kind: 'count' };

/** A KPI as the tables name it: unit, then its decimal mark. */
const kpis: Readonly<Record<string, { unit: Unit; decimalMark: DecimalMark }>> = {
  'USD .': { unit: money('USD'), decimalMark: '.' },
  'EUR ,': { unit: money('EUR'), decimalMark: ',' },
  'EUR .': { unit: money('EUR'), decimalMark: '.' },
  'GBP .': { unit: money('GBP'), decimalMark: '.' },
  'CHF .': { unit: money('CHF'), decimalMark: '.' },
  'JPY .': { unit: money('JPY'), decimalMark: '.' },
  'SEK ,': { unit: money('SEK'), decimalMark: ',' },
  'INR .': { unit: money('INR'), decimalMark: '.' },
  'CAD .': { unit: money('CAD'), decimalMark: '.' },
  'MXN .': { unit: money('MXN'), decimalMark: '.' },
  '% .': { unit: percent, decimalMark: '.' },
  '% ,': { unit: percent, decimalMark: ',' },
  '# .': { unit: plain, decimalMark: '.' },
  '# ,': { unit: plain, decimalMark: ',' },
};

const read = (text: string, kpi: string) => {
  const format = kpis[kpi];
  if (format === undefined) throw new Error(`no such kpi in this table: ${kpi}`);
  return readAmount(text, format);
};

const good: readonly (readonly [text: string, kpi: string, value: number])[] = [
  ['$1.2m', 'USD .', 1_200_000],
  ['$1.2M', 'USD .', 1_200_000],
  ['1.2m', 'USD .', 1_200_000],
  ['$ 900 k', 'USD .', 900_000],
  ['900k', 'USD .', 900_000],
  ['900 K', 'USD .', 900_000],
  ['USD 560,000', 'USD .', 560_000],
  ['usd 560000', 'USD .', 560_000],
  ['560k USD', 'USD .', 560_000],
  ['US$1.2m', 'USD .', 1_200_000],
  ['US $1.2m', 'USD .', 1_200_000],
  ['USD $1.2m', 'USD .', 1_200_000],
  ['1.2 million dollars', 'USD .', 1_200_000],
  ['$1.2bn', 'USD .', 1_200_000_000],
  ['2 billion', 'USD .', 2_000_000_000],
  ['$1,200', 'USD .', 1200],
  ['$1,234,567.89', 'USD .', 1_234_567.89],
  ['-$5', 'USD .', -5],
  ['$-5', 'USD .', -5],
  ['−5', 'USD .', -5],
  ['+5', 'USD .', 5],
  ['($1,200)', 'USD .', -1200],
  ['(35)', 'USD .', -35],
  ['-0', 'USD .', 0],
  ['$.50', 'USD .', 0.5],
  ['0.1', 'USD .', 0.1],
  ['1.1m', 'USD .', 1_100_000],
  ['4.35k', 'USD .', 4350],
  ['$5', 'CAD .', 5],
  ['C$5', 'CAD .', 5],
  ['CA$5', 'CAD .', 5],
  ['5 MXN', 'MXN .', 5],
  ['5 m MXN', 'MXN .', 5_000_000],
  ['1.200,50 €', 'EUR ,', 1200.5],
  ['1.200,50 €', 'EUR .', 1200.5],
  ['1,200.50', 'EUR ,', 1200.5],
  ['€1,2m', 'EUR ,', 1_200_000],
  ['1,2 Mio. €', 'EUR ,', 1_200_000],
  ['3 Mrd. EUR', 'EUR ,', 3_000_000_000],
  ['12 k€', 'EUR ,', 12_000],
  ['5 MEUR', 'EUR ,', 5_000_000],
  ['EUR 1.2m', 'EUR .', 1_200_000],
  ['EUR 1.2m', 'EUR ,', 1_200_000],
  ['1.200', 'EUR ,', 1200],
  ['1.200', 'EUR .', 1.2],
  ['1,200', 'EUR ,', 1.2],
  ['1.200.000', 'EUR .', 1_200_000],
  ['1,200,000', 'EUR ,', 1_200_000],
  ['0,500', 'EUR .', 0.5],
  ['1234,567', 'EUR .', 1234.567],
  ['1 200 000', 'EUR ,', 1_200_000],
  ['1\u202f200\u202f000\u00a0€', 'EUR ,', 1_200_000],
  ['1\u00a0200,50', 'EUR ,', 1200.5],
  ['1 200.500', 'EUR ,', 1200.5],
  ['1.200,-', 'EUR ,', 1200],
  ['£1.2m', 'GBP .', 1_200_000],
  ['￡１，２００', 'GBP .', 1200],
  ["CHF 1'200.50", 'CHF .', 1200.5],
  ['1’200’000', 'CHF .', 1_200_000],
  ['Fr. 900', 'CHF .', 900],
  ["1'200.– CHF", 'CHF .', 1200],
  ['¥1,200', 'JPY .', 1200],
  ['￥1,200', 'JPY .', 1200],
  ['900 kr', 'SEK ,', 900],
  ['900 kkr', 'SEK ,', 900_000],
  ['Rs.500', 'INR .', 500],
  ['₹12,34,567', 'INR .', 1_234_567],
  ['5 lakh', 'INR .', 500_000],
  ['2 crore', 'INR .', 20_000_000],
  ['35%', '% .', 35],
  ['35 %', '% .', 35],
  ['35', '% .', 35],
  ['%35', '% .', 35],
  ['35 percent', '% .', 35],
  ['35 per cent', '% .', 35],
  ['35 pct', '% .', 35],
  ['３５％', '% .', 35],
  ['12.5%', '% .', 12.5],
  ['12,5 %', '% ,', 12.5],
  ['12,5%', '% .', 12.5],
  ['-3%', '% .', -3],
  ['1,200', '# .', 1200],
  ['1,200', '# ,', 1.2],
  ['1.200', '# ,', 1200],
  ['0', '# .', 0],
  ['007', '# .', 7],
  ['12k', '# .', 12_000],
  [' 51 ', '# .', 51],
  ['\u200e51\u200f', '# .', 51],
  ['1000000000000000', '# .', 1e15],
];

const unreadable: readonly (readonly [text: string, kpi: string])[] = [
  ['1.2.3m', 'USD .'],
  ['1.2.3', 'USD .'],
  ['1,20,000', 'USD .'],
  ['12,34,567', 'USD .'],
  ['1,2,345', 'INR .'],
  ['1.2,300', 'USD .'],
  ['1,200.300.400', 'USD .'],
  ['1 20', 'USD .'],
  ['12 00', 'USD .'],
  ["1 200'000", 'USD .'],
  ['1 200.300,5', 'USD .'],
  ['012,345', 'USD .'],
  ['0,200,000', 'USD .'],
  ['0 200', 'USD .'],
  ['1,200,', 'USD .'],
  ['5.', 'USD .'],
  ['.', 'USD .'],
  ['$', 'USD .'],
  ['k', 'USD .'],
  ['--5', 'USD .'],
  ['-(5)', 'USD .'],
  ['(-5)', 'USD .'],
  ['5-', 'USD .'],
  ['5-10', 'USD .'],
  ['1/2', 'USD .'],
  ['½', 'USD .'],
  ['10²', 'USD .'],
  ['1e6', 'USD .'],
  ['0x10', 'USD .'],
  ['NaN', 'USD .'],
  ['Infinity', 'USD .'],
  ['1.2mm$m', 'USD .'],
  ['5 kk', 'USD .'],
  ['5k%', '% .'],
  ['about', 'USD .'],
  ['lots', 'USD .'],
  ['We won 5 deals', '# .'],
  ['5 constructor', '# .'],
  ['__proto__ 5', '# .'],
  ['<!channel>', '# .'],
  ['🙂', '# .'],
  ['5🙂', '# .'],
];

describe('readAmount', () => {
  it.each(good)('reads %j in a KPI of %s as %d', (text, kpi, value) => {
    expect(read(text, kpi)).toStrictEqual({ ok: true, value, rough: false });
  });

  it.each(unreadable)('cannot read %j in a KPI of %s', (text, kpi) => {
    const result = read(text, kpi);
    expect(result).toMatchObject({
      ok: false,
      message: expect.stringContaining(`I cannot read "${text}". The form is as you left it. Write it like `),
    });
  });

  it.each([
    ['~560k', 560_000],
    ['~ $560k', 560_000],
    ['≈560k', 560_000],
    ['about 560k', 560_000],
    ['About $560k', 560_000],
    ['approx. 560k', 560_000],
    ['ca. 560k', 560_000],
    ['ca 560k', 560_000],
    ['around -5', -5],
    ['roughly 5', 5],
  ])('reads %j as a rough figure', (text, value) => {
    expect(read(text, 'USD .')).toStrictEqual({ ok: true, value, rough: true });
  });

  it.each([
    ['€1.2m', 'USD .', '"€1.2m" is in EUR, and this KPI is in USD.'],
    ['EUR 5', 'USD .', '"EUR 5" is in EUR, and this KPI is in USD.'],
    ['5 kr', 'USD .', '"5 kr" is in SEK, and this KPI is in USD.'],
    ['C$5', 'USD .', '"C$5" is in CAD, and this KPI is in USD.'],
    ['$5 CAD', 'USD .', '"$5 CAD" is in CAD, and this KPI is in USD.'],
    ['US$5', 'CAD .', '"US$5" is in USD, and this KPI is in CAD.'],
    ['$1.2m', 'EUR ,', '"$1.2m" is in USD, and this KPI is in EUR.'],
    ['$5', '# .', '"$5" is in USD, and this KPI is a plain number.'],
    ['51 days', '# .', '"51 days" is in days, and this KPI is a plain number.'],
    ['5 CHF', '% .', '"5 CHF" is in CHF, and this KPI is in percent.'],
    ['35%', 'USD .', '"35%" is a percentage, and this KPI is in USD.'],
    ['35 percent', '# .', '"35 percent" is a percentage, and this KPI is a plain number.'],
    ['', 'USD .', 'There is no number here.'],
    [' \u00a0 ', 'USD .', 'There is no number here.'],
    ['1,001tn', 'USD .', '"1,001tn" is too large: I keep amounts up to a thousand trillion.'],
    ['-1000000000000001', 'USD .', 'too large: I keep amounts up to a thousand trillion.'],
    [`${'9'.repeat(50)}`, 'USD .', `"${'9'.repeat(40)}…" is too large`],
    ['0'.repeat(61), 'USD .', `I cannot read "${'0'.repeat(40)}…".`],
    ['0.1234567890123456', 'USD .', 'has more digits than I can keep: 15 at most.'],
  ])('refuses %j in a KPI of %s and says why', (text, kpi, why) => {
    const result = read(text, kpi);
    expect(result).toMatchObject({ ok: false, message: expect.stringContaining(why) });
    expect(result).toMatchObject({ message: expect.stringContaining(' The form is as you left it. ') });
  });

  it.each([
    ['51', 'days', 51, '51 days'],
    ['1 day', 'days', 1, '1 day'],
    ['2 weeks', 'days', 14, '14 days'],
    ['36 hrs', 'days', 1.5, '1.5 days'],
    ['2.5', 'weeks', 17.5, '2.5 weeks'],
    ['51 d', 'weeks', 51, '7.29 weeks'],
    ['5h', 'hours', 5 / 24, '5 hours'],
    ['1,200 days', 'days', 1200, '1,200 days'],
  ] as const)('reads %j in %s as %d days and shows it as %j', (text, unit, days, shown) => {
    const format = { unit: { kind: 'time', in: unit }, decimalMark: '.' } as const;
    expect(readAmount(text, format)).toStrictEqual({ ok: true, value: days, rough: false });
    expect(formatAmount(days, format.unit)).toBe(shown);
  });

  it.each([
    ['$51', 'is in USD, and this KPI is in days.'],
    ['51 days weeks', 'I cannot read "51 days weeks".'],
    ['5k days', 'I cannot read "5k days".'],
    ['1.125', '"1.125" has more than two decimals'],
    ['soon', 'Write it like 45 days, 45 or 2 weeks.'],
  ])('refuses %j where days are counted', (text, why) => {
    expect(readAmount(text, { unit: { kind: 'time', in: 'days' }, decimalMark: '.' })).toMatchObject({
      ok: false,
      message: expect.stringContaining(why),
    });
  });

  it('shows amounts of the KPI itself as the example', () => {
    expect(read('1.2.3m', 'USD .')).toStrictEqual({
      ok: false,
      message: 'I cannot read "1.2.3m". The form is as you left it. Write it like $1.2m, 1,200 or 900k.',
    });
    expect(amountExample({ unit: money('EUR'), decimalMark: ',' })).toBe('€1,2m, 1.200 or 900k');
    expect(amountExample({ unit: percent, decimalMark: '.' })).toBe('35% or 12.5%');
    expect(amountExample({ unit: plain, decimalMark: '.' })).toBe('35, 1,200 or 900k');
  });

  it('reads every example that it shows', () => {
    for (const format of Object.values(kpis)) {
      for (const one of amountExample(format).split(/, | or /)) {
        expect(readAmount(one, format), one).toMatchObject({ ok: true });
      }
    }
  });

  it('echoes at most 40 characters, on one line', () => {
    const result = read(`5 ${'🙂\n'.repeat(1500)}`, 'USD .');
    expect(result).toMatchObject({
      message: expect.stringMatching(/^I cannot read "5 [^\n]{1,90}…"\. The form/u),
    });
  });

  it('answers any text whatever without throwing', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.stringMatching(/^[~$€(]?-?[\d.,' ]{0,12}(k|m|bn|%|kr)?\)?$/),
        ),
        fc.constantFrom(...Object.values(kpis)),
        (text, format) => {
          const result = readAmount(text, format);
          return result.ok ? Math.abs(result.value) <= 1e15 : result.message.length < 250;
        },
      ),
      { numRuns: 3000 },
    );
  });
});

describe('formatAmount', () => {
  it.each<[number, Unit, string]>([
    [560_000, money('USD'), '$560k'],
    [1_200_000, money('USD'), '$1.2m'],
    [1_250_000, money('USD'), '$1.25m'],
    [1_234_567, money('USD'), '$1,234,567'],
    [999_999, money('USD'), '$999,999'],
    [10_000, money('USD'), '$10k'],
    [9500, money('USD'), '$9,500'],
    [12_345.5, money('USD'), '$12,345.50'],
    [-900_000, money('USD'), '-$900k'],
    [0, money('USD'), '$0'],
    [-0, money('USD'), '$0'],
    [2e9, money('USD'), '$2bn'],
    [1e15, money('USD'), '$1,000tn'],
    [1_200_000, money('EUR'), '€1.2m'],
    [1_200_000, money('CHF'), 'CHF 1.2m'],
    [35, percent, '35%'],
    [12.5, percent, '12.5%'],
    [20_000, percent, '20,000%'],
    [1200, plain, '1,200'],
    [12_000, plain, '12k'],
    [51, plain, '51'],
    [0.05, plain, '0.05'],
    [0.000_000_1, plain, '0.0000001'],
    [0.1 + 0.2, plain, '0.3'],
  ])('writes %d in %j as %s', (value, unit, text) => {
    expect(formatAmount(value, unit)).toBe(text);
  });

  it('writes in the KPI’s own mark when it is given', () => {
    expect(formatAmount(1_200_000, money('EUR'), ',')).toBe('€1,2m');
    expect(formatAmount(1200.5, money('EUR'), ',')).toBe('€1.200,50');
    expect(formatExact(900_000, money('USD'))).toBe('$900,000');
  });

  it('is read back as the very value, short or exact', () => {
    const decimal = fc
      .tuple(fc.integer({ min: -999_999_999, max: 999_999_999 }), fc.integer({ min: -6, max: 6 }))
      .map(([digits, power]) => Number(`${digits}e${power}`) + 0);
    fc.assert(
      fc.property(decimal, fc.constantFrom(...Object.values(kpis)), (value, format) => {
        const { unit, decimalMark } = format;
        const same = { ok: true, value, rough: false };
        expect(readAmount(formatAmount(value, unit, decimalMark), format)).toStrictEqual(same);
        expect(readAmount(formatExact(value, unit, decimalMark), format)).toStrictEqual(same);
      }),
      { numRuns: 3000 },
    );
  });

  it('refuses what is no amount', () => {
    expect(() => formatAmount(Number.NaN, plain)).toThrow(RangeError);
    expect(() => formatExact(Number.POSITIVE_INFINITY, plain)).toThrow(RangeError);
  });
});

describe('isUnlikely', () => {
  it.each([
    [100, 1, true],
    [99, 1, false],
    [1, 100, true],
    [7, 0.07, true],
    [-560_000, 5600, true],
    [560, 560_000, true],
    [5, 0, false],
    [0, 5, false],
    [5, undefined, false],
  ])('%d after %s: %s', (value, last, unlikely) => {
    expect(isUnlikely(value, last)).toBe(unlikely);
  });
});

describe('unit choices', () => {
  it('come back as the unit they stand for', () => {
    for (const unit of [money('USD'), money('SEK'), percent, plain]) {
      expect(readUnitChoice(unitChoice(unit))).toStrictEqual(unit);
    }
    for (const { choice } of currencyOptions) {
      expect(readUnitChoice(choice)).toStrictEqual(money(choice));
    }
  });

  it('are refused when they are none', () => {
    for (const text of ['', 'XXY', 'usd', 'percentage', 'constructor']) {
      expect(readUnitChoice(text)).toBeUndefined();
    }
  });
});
