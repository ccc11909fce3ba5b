import { describe, expect, it } from 'vitest';
import { COMMANDS, commandFor, KEYS, type Press } from './shortcuts.ts';

const press = (key: string, more: Partial<Press> = {}): Press => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  repeat: false,
  taken: false,
  ...more,
});

describe('the shortcuts', () => {
  it.each(COMMANDS)('%s has its key, with and without capitals', (command) => {
    expect(commandFor(press(KEYS[command]))).toBe(command);
    expect(commandFor(press(KEYS[command].toLowerCase()))).toBe(command);
  });

  it('gives every command a key of its own', () => {
    expect(new Set(Object.values(KEYS)).size).toBe(COMMANDS.length);
  });

  it('leaves the browser its own keys', () => {
    for (const held of [{ ctrlKey: true }, { metaKey: true }, { altKey: true }]) expect(commandFor(press('r', held))).toBeNull();
    for (const key of ['Enter', 'Escape', 'Tab', ' ', 'q', 'F5']) expect(commandFor(press(key))).toBeNull();
  });

  it('does nothing while somebody types or a dialog is open', () => {
    expect(commandFor(press('n', { taken: true }))).toBeNull();
  });

  it('claims once when the key is held, but walks on', () => {
    expect(commandFor(press('n', { repeat: true }))).toBeNull();
    expect(commandFor(press('j', { repeat: true }))).toBe('down');
  });
});
