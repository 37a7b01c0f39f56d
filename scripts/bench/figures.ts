/** The value below which `share` of the figures lie. */
export const quantile = (figures: readonly number[], share: number): number => {
  const sorted = [...figures].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
};
export const median = (figures: readonly number[]): number => quantile(figures, 0.5);

export const inMs = (figure: number): string => `${figure.toFixed(2)} ms`;
export const inSeconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
export const inMb = (figure: number): string => `${figure.toFixed(0)} MB`;

/** "1.21 ×, goal 1.5 × met". The goal is at most so many times the other figure. */
export const againstGoal = (figure: number, other: number, mostTimes = 1.5): string => {
  const times = figure / other;
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
