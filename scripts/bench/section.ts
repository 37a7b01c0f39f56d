/** How large a run is; each can be set on the command line, for a quick look. */
export interface Sizes {
  /** Rhythms, and as many occurrences, of the largest store of `ticks`. */
  readonly largest: number;
  /** Timed ticks a store of `ticks`. */
  readonly samples: number;
  /** Jobs a side of `peers`. */
  readonly jobs: number;
  /** How long `peers` watches a side that has nothing to do, in seconds. */
  readonly idle: number;
  /** Reviews of `lateness`. */
  readonly reviews: number;
  /** Partnerships in the larger store of `plan`. */
  readonly partnerships: number;
}

export interface Run {
  /** An empty folder of this section's own, on the disk where the product keeps its data. */
  readonly folder: string;
  /** Where a server speaks MongoDB's protocol, or undefined. */
  readonly mongoUri: string | undefined;
  readonly sizes: Sizes;
  readonly say: (line: string) => void;
}

/** Prints figures. Throws when an answer was wrong, never for a figure. */
export type Section = (run: Run) => Promise<void>;
