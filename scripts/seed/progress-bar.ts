const width = 30;

/** Redraws one line on a terminal; elsewhere it says each tenth on a line of its own. */
export const progressBar = (
  total: number,
  out: { readonly isTTY?: boolean; write(text: string): unknown },
): ((done: number, note: string) => void) => {
  let tenths = 0;
  return (done, note) => {
    const share = total === 0 ? 1 : done / total;
    const full = Math.round(share * width);
    const bar = `[${'#'.repeat(full)}${'.'.repeat(width - full)}] ${done} of ${total} ${note}`;
    if (out.isTTY === true) out.write(`\r\u001b[K${bar}${done === total ? '\n' : ''}`);
    else if (Math.floor(share * 10) > tenths || done === total) {
      tenths = Math.floor(share * 10);
      out.write(`${bar}\n`);
    }
  };
};
