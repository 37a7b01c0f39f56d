interface KnownCurrency {
  readonly currency: string;
  readonly label: string;
  /** Written before an amount; absent where the code is plainer. */
  readonly symbol?: string;
}

/** The currencies a form offers, the most used first. Any other ISO code is read and stored as well. */
export const knownCurrencies: readonly KnownCurrency[] = [
  { currency: 'USD', label: 'US dollar', symbol: '$' },
  { currency: 'EUR', label: 'Euro', symbol: '€' },
  { currency: 'GBP', label: 'Pound sterling', symbol: '£' },
  { currency: 'CHF', label: 'Swiss franc' },
  { currency: 'JPY', label: 'Japanese yen', symbol: '¥' },
  { currency: 'CNY', label: 'Chinese yuan' },
  { currency: 'INR', label: 'Indian rupee', symbol: '₹' },
  { currency: 'CAD', label: 'Canadian dollar', symbol: 'C$' },
  { currency: 'AUD', label: 'Australian dollar', symbol: 'A$' },
  { currency: 'NZD', label: 'New Zealand dollar', symbol: 'NZ$' },
  { currency: 'SGD', label: 'Singapore dollar', symbol: 'S$' },
  { currency: 'HKD', label: 'Hong Kong dollar', symbol: 'HK$' },
  { currency: 'SEK', label: 'Swedish krona' },
  { currency: 'NOK', label: 'Norwegian krone' },
  { currency: 'DKK', label: 'Danish krone' },
  { currency: 'PLN', label: 'Polish zloty' },
  { currency: 'CZK', label: 'Czech koruna' },
  { currency: 'HUF', label: 'Hungarian forint' },
  { currency: 'RON', label: 'Romanian leu' },
  { currency: 'TRY', label: 'Turkish lira', symbol: '₺' },
  { currency: 'ILS', label: 'Israeli shekel', symbol: '₪' },
  { currency: 'AED', label: 'UAE dirham' },
  { currency: 'SAR', label: 'Saudi riyal' },
  { currency: 'ZAR', label: 'South African rand' },
  { currency: 'BRL', label: 'Brazilian real', symbol: 'R$' },
  { currency: 'MXN', label: 'Mexican peso' },
  { currency: 'KRW', label: 'South Korean won', symbol: '₩' },
  { currency: 'TWD', label: 'Taiwan dollar', symbol: 'NT$' },
];

/** Signs and words that people write, with every currency they may stand for; the first names it in a refusal. */
const signs: Readonly<Record<string, readonly string[]>> = {
  $: ['USD', 'CAD', 'AUD', 'NZD', 'SGD', 'HKD', 'TWD', 'MXN', 'ARS', 'CLP', 'COP'],
  us$: ['USD'],
  dollars: ['USD', 'CAD', 'AUD', 'NZD', 'SGD', 'HKD', 'TWD'],
  dollar: ['USD', 'CAD', 'AUD', 'NZD', 'SGD', 'HKD', 'TWD'],
  bucks: ['USD'],
  ca$: ['CAD'],
  au$: ['AUD'],
  mx$: ['MXN'],
  '€': ['EUR'],
  euros: ['EUR'],
  euro: ['EUR'],
  '£': ['GBP'],
  pounds: ['GBP'],
  pound: ['GBP'],
  '¥': ['JPY', 'CNY'],
  yen: ['JPY'],
  yuan: ['CNY'],
  rmb: ['CNY'],
  rs: ['INR'],
  'rs.': ['INR'],
  'fr.': ['CHF'],
  fr: ['CHF'],
  sfr: ['CHF'],
  francs: ['CHF'],
  kr: ['SEK', 'NOK', 'DKK'],
  'kr.': ['DKK', 'SEK', 'NOK'],
  zł: ['PLN'],
  kč: ['CZK'],
  ...Object.fromEntries(
    knownCurrencies.flatMap(({ symbol, currency }) =>
      symbol === undefined || symbol === '$' || symbol === '¥' ? [] : [[symbol.toLowerCase(), [currency]]],
    ),
  ),
};

const isoCodes: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

export const isCurrencyCode = (code: string): boolean => isoCodes.has(code);

/** The currencies that a sign, word or code may stand for; undefined when it is none. */
export const currenciesOf = (token: string): readonly string[] | undefined => {
  const folded = token.toLowerCase();
  if (Object.hasOwn(signs, folded)) return signs[folded];
  const code = token.toUpperCase();
  return isCurrencyCode(code) ? [code] : undefined;
};

/** What stands before an amount: "$", or the code and a space. */
export const currencyPrefix = (currency: string): string =>
  knownCurrencies.find((one) => one.currency === currency)?.symbol ?? `${currency} `;
