import { useCallback, useRef, useState } from 'react';

interface Size {
  width: number;
  height: number;
}

/**
 * The room that an element has for its content, pixels: without its border and without a scroll bar, which
 * takes room only where the content is longer than the element. 0 until it is measured.
 */
export function useContentSize<E extends Element>(): Size & { ref: (element: E | null) => void } {
  const observer = useRef<ResizeObserver | null>(null);
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  const ref = useCallback((element: E | null) => {
    observer.current?.disconnect();
    observer.current = null;
    if (!element) return;
    let frame = 0;
    observer.current = new ResizeObserver((entries) => {
      const room = entries.at(-1)?.contentRect;
      if (!room) return;
      cancelAnimationFrame(frame);
      // In a frame of its own: what it changes may change the size again.
      frame = requestAnimationFrame(() =>
        setSize((before) =>
          before.width === room.width && before.height === room.height
            ? before
            : { width: room.width, height: room.height },
        ),
      );
    });
    observer.current.observe(element);
  }, []);
  return { ref, ...size };
}
