import { type PointerEvent, useRef } from 'react';

const LONG_MS = 500;
/** A finger is never quite still. */
const STILL_PX = 10;

/** A finger that stays on something. The press that it ends with is none. */
export function useLongPress(onLong: () => void) {
  const timer = useRef<number | undefined>(undefined);
  const from = useRef({ x: 0, y: 0 });
  const was = useRef(false);
  const stop = () => window.clearTimeout(timer.current);
  return {
    /** Whether the press that is told now was a long one. */
    wasLong: () => was.current,
    handlers: {
      onPointerDown: ({ pointerType, clientX: x, clientY: y }: PointerEvent) => {
        was.current = false;
        stop();
        if (pointerType !== 'touch') return;
        from.current = { x, y };
        timer.current = window.setTimeout(() => {
          was.current = true;
          onLong();
        }, LONG_MS);
      },
      onPointerMove: ({ clientX: x, clientY: y }: PointerEvent) => {
        if (Math.hypot(x - from.current.x, y - from.current.y) > STILL_PX) stop();
      },
      onPointerUp: stop,
      onPointerCancel: stop,
    },
  };
}
