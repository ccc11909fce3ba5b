import { useEffect, useEffectEvent } from 'react';
import { type Command, commandFor } from './shortcuts.ts';

/** Who has the keyboard before us: fields, and whatever lies over the page. */
const TAKES_TEXT = 'input:not([type=checkbox]), textarea, select, [contenteditable=true], [role=textbox], [role=combobox]';
const LIES_OVER = '[role=dialog], [role=alertdialog], [role=menu]';

/** Listens for the workbench's keys. The handler says whether it did something; only then is the key ours. */
export function useShortcuts(handle: (command: Command) => boolean): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const target = event.target instanceof Element ? event.target : null;
    const taken = event.defaultPrevented || target?.closest(TAKES_TEXT) != null || document.querySelector(LIES_OVER) !== null;
    const command = commandFor({
      key: event.key,
      ctrlKey: event.ctrlKey,
      metaKey: event.metaKey,
      altKey: event.altKey,
      repeat: event.repeat,
      taken,
    });
    if (command && handle(command)) event.preventDefault();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event);
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);
}
