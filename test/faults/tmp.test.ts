import { it } from 'vitest';
import { deskTemplate } from '../support/desk-template.ts';
import { ChatClient } from '../support/chat-client.ts';
import { RunningDesk } from '../support/running-desk.ts';
import { problemsOf } from '../support/register-check.ts';
it('x', async () => {
  console.time('template');
  const t = await deskTemplate(1);
  console.timeEnd('template');
  const database = await t.copy();
  const desk = new RunningDesk({ database });
  console.time('start');
  await desk.start();
  console.timeEnd('start');
  console.log(desk.output);
  for (const text of ['de koffieautomaat op verdieping 2 is leeg', 'ik wil een medewerker spreken over melding k17x', 'de kraan in de wc op de eerste verdieping lekt', 'mijn laptop start niet meer op']) {
    const chat = await ChatClient.start(() => desk.url);
    console.log(JSON.stringify(await chat.say(text)));
  }
  console.time('stop');
  await desk.stop();
  console.timeEnd('stop');
  console.log(await problemsOf(database.ownerUrl));
});
