/** One payload that was accepted, as the bot sent it: what Slack's own models can check afterwards. */
export interface Rendered {
  readonly surface: 'message' | 'modal' | 'home';
  readonly payload: unknown;
}

/** Every distinct payload once; a long-running workspace keeps the first five thousand. */
export interface RenderedLog {
  add(surface: Rendered['surface'], payload: unknown): void;
  all(): Rendered[];
}

const most = 5000;

export const startRendered = (): RenderedLog => {
  const seen = new Map<string, Rendered>();
  return {
    add: (surface, payload) => {
      if (seen.size >= most) return;
      const one = { surface, payload };
      seen.set(JSON.stringify(one), one);
    },
    all: () => [...seen.values()],
  };
};
