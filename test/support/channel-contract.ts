/** What every channel must hold to, as tests that a channel's own test file calls with its samples. */
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { eventually } from './eventually.ts';

/** Somebody who speaks with the desk by a channel. */
export interface Correspondent {
  /** Sends a message under the channel's own id of it. Resolves when the channel has acknowledged it. */
  send(text: string, id: string): Promise<void>;
  /** The numbers of all cases that the desk has registered for them. */
  cases(): Promise<readonly string[]>;
  /** All that they have been told, oldest first. */
  told(): Promise<readonly string[]>;
}

export interface ChannelSamples {
  readonly name: string;
  /** Somebody new each time. */
  somebody(): Promise<Correspondent>;
  /** Something that the bot itself said comes back by the channel; left out where that cannot be. */
  readonly echoOwn?: (id: string) => Promise<Correspondent>;
  /** The channel's far side fails at the next attempt; left out where there is no far side. */
  readonly failOnce?: () => void;
}

export function channelContract({ name, somebody, echoOwn, failOnce }: ChannelSamples): void {
  const FAULT = 'de lamp in kamer 2.10 is kapot';
  const registered = async (who: Correspondent, count: number) =>
    await eventually(async () => expect(await who.cases()).toHaveLength(count));

  test(`${name}: a question becomes one case, and its number is told`, async () => {
    const who = await somebody();
    await who.send(FAULT, randomUUID());
    await registered(who, 1);
    const [reference = ''] = await who.cases();
    await eventually(async () => expect((await who.told()).join('\n')).toContain(reference));
  });

  test(`${name}: the same message again gives nothing new`, async () => {
    const who = await somebody();
    const id = randomUUID();
    await who.send(FAULT, id);
    await registered(who, 1);
    const told = await eventually(async () => {
      const said = await who.told();
      expect(said).not.toEqual([]);
      return said.length;
    });
    await who.send(FAULT, id);
    await who.send(FAULT, id);
    await who.send('de radiator in kamer 1.04 wordt niet warm', randomUUID());
    await registered(who, 2);
    await eventually(async () => expect((await who.told()).length).toBeGreaterThan(told));
    expect((await who.told()).filter((text) => /kamer 2\.10|Gemeld/.test(text)).length).toBeLessThanOrEqual(2);
  });

  test(`${name}: messages that come at once are each handled once`, async () => {
    const who = await somebody();
    await Promise.all(['2.01', '2.02', '2.03'].map((room) => who.send(`de lamp in kamer ${room} is kapot`, randomUUID())));
    await registered(who, 3);
  });

  test(`${name}: one person's cases are not another's`, async () => {
    const [one, other] = [await somebody(), await somebody()];
    await one.send(FAULT, randomUUID());
    await registered(one, 1);
    await other.send('hoe staat het met mijn meldingen?', randomUUID());
    await eventually(async () => expect(await other.told()).not.toEqual([]));
    const [reference = 'none'] = await one.cases();
    expect((await other.told()).join('\n')).not.toContain(reference);
    expect(await other.cases()).toEqual([]);
  });

  if (echoOwn)
    test(`${name}: what the bot itself said is not taken for a question`, async () => {
      const who = await echoOwn(randomUUID());
      expect(await who.cases()).toEqual([]);
    });

  if (failOnce)
    test(`${name}: what fails to go out goes out later, once`, async () => {
      const who = await somebody();
      failOnce();
      await who.send(FAULT, randomUUID());
      await eventually(async () => expect(await who.told()).toHaveLength(1));
    });
}
