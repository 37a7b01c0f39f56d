import { type RefObject, useLayoutEffect, useRef } from 'react';

const near = 40;

/**
 * Keeps a scrolled box at its end while the end is in view; who has scrolled up keeps their place, until they write
 * something themselves. `writing`: how many of their own messages are on the way.
 */
export const useStayAtEnd = (
  writing: number,
): { list: RefObject<HTMLDivElement | null>; onScroll: () => void } => {
  const list = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const size = useRef('');

  useLayoutEffect(() => {
    const box = list.current;
    if (box === null || writing === 0) return;
    atEnd.current = true;
    box.scrollTop = box.scrollHeight;
  }, [writing]);

  useLayoutEffect(() => {
    const box = list.current;
    const inside = box?.firstElementChild;
    if (!box || !inside) return;
    const watch = new ResizeObserver(() => {
      size.current = sizeOf(box);
      if (atEnd.current) box.scrollTop = box.scrollHeight;
    });
    watch.observe(box);
    watch.observe(inside);
    return () => watch.disconnect();
  }, []);

  const onScroll = () => {
    const box = list.current;
    // A box of another size was scrolled by the browser to keep its place, not by the reader.
    if (box === null || size.current !== sizeOf(box)) return;
    atEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < near;
  };
  return { list, onScroll };
};

const sizeOf = (box: HTMLElement): string => `${box.clientWidth} ${box.clientHeight} ${box.scrollHeight}`;
