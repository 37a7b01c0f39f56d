/** The value below which `share` of the figures lie. */
export const quantile = (figures: readonly number[], share: number): number => {
  const sorted = [...figures].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
};
export const median = (figures: readonly number[]): number => quantile(figures, 0.5);

export const inMs = (figure: number): string => `${figure.toFixed(2)} ms`;
export const inMb = (figure: number): string => `${figure.toFixed(0)} MB`;

/** At most this many times the bare app's figure. */
export const mostTimes = 1.5;

/** "1.21 ×, goal 1.5 × met". */
export const againstGoal = (ours: number, bare: number): string => {
  const times = ours / bare;
  return `${times.toFixed(2)} ×, goal ${mostTimes} × ${times <= mostTimes ? 'met' : 'missed'}`;
};

/** A table in columns as wide as their widest cell; the first column is left-aligned. */
export const table = (rows: readonly (readonly string[])[]): string => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('   '),
    )
    .join('\n');
};
