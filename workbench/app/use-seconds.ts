import { useEffect, useState } from 'react';

export const SECOND_MS = 1_000;

/** How many seconds there are until a moment; 0 from then on. */
export function useSecondsUntil(moment: string): number {
  const left = () => Math.max(0, Math.ceil((Date.parse(moment) - Date.now()) / SECOND_MS));
  const [seconds, setSeconds] = useState(left);
  useEffect(() => {
    const tick = () => setSeconds(Math.max(0, Math.ceil((Date.parse(moment) - Date.now()) / SECOND_MS)));
    tick();
    const timer = window.setInterval(tick, SECOND_MS);
    return () => window.clearInterval(timer);
  }, [moment]);
  return seconds;
}
