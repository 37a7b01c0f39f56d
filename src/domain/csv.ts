export type CsvCell = string | number | boolean | undefined;

/** A cell that begins like a formula is text: a spreadsheet would run it. Numbers stay numbers. */
const neutral = (cell: CsvCell): string => {
  if (typeof cell !== 'string') return cell === undefined ? '' : String(cell);
  return /^[=+\-@\t\r]/u.test(cell) ? `'${cell}` : cell;
};

const quoted = (text: string): string => (/[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** RFC 4180, with a byte order mark so that spreadsheets read it as UTF-8. */
export const csv = (header: readonly string[], rows: readonly (readonly CsvCell[])[]): string =>
  `\ufeff${[header, ...rows].map((row) => `${row.map((cell) => quoted(neutral(cell))).join(',')}\r\n`).join('')}`;
