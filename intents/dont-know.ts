import { fold } from './text.ts';

/** What may stand in "ik weet ... niet" without making it about something: "ik weet mijn wachtwoord niet" is a question. */
const NOTHING = '(?: (?:het|dat|dit|er|ik|echt|ook|eigenlijk|nog|zelf|helaas|zo|gauw|nu|even|precies|zeker|allemaal|op dit moment))';

const SAID = new RegExp(
  `^(?:(?:sorry|tja|nou|pff+|uh+m?|eh+m?|hm+|oh?|well|oops) )*(?:${[
    `(?:(?:dat|het) )?weet ik${NOTHING}{0,3} niet(?: (?:zeker|precies))?`,
    '(?:ik )?weet niet',
    `ik weet${NOTHING}{0,3} niet(?: (?:zeker|precies))?`,
    '(?:ik heb |(?:daar )?heb ik )?(?:daar )?(?:echt |werkelijk |eerlijk gezegd )?geen (?:flauw |enkel )?(?:idee|benul)(?: van)?',
    '(?:dat |ik )?zou (?:ik )?(?:het |dat )?(?:echt )?niet weten',
    '(?:dat is )?(?:mij )?(?:niet bekend|onbekend)',
    'joost mag het weten',
    'kweenie',
    '(?:i )?(?:really |honestly )?(?:do not|don ?t) (?:really )?know(?: that| it| yet|(?: the)? (?!pass|pin|code)\\w+)?',
    'dunno|idk|unknown',
    '(?:i (?:have |ve )?(?:got )?)?(?:absolutely )?(?:no|not an?|not the) (?:faintest |slightest |earthly )?(?:idea|clue)',
    '(?:i )?(?:have ?n ?t|have not)(?: got)? (?:an?|the) (?:faintest |slightest |foggiest )?(?:idea|clue)?',
    '(?:i ?m |i am )?not (?:really )?sure',
    '(?:i )?(?:could ?n ?t|could not|can ?t) (?:really )?(?:say|tell(?: you)?)',
    'beats me',
    'who knows',
  ].join('|')})(?: (?:hoor|eigenlijk|sorry|helaas|eerlijk gezegd|joh|man|mate|though|actually|really|at all|i m afraid|i am afraid))*$`,
);

/** "weet ik niet": no answer to anything, and not a question of its own. */
export function doesNotKnow(text: string): boolean {
  if (text.length >= 80) return false;
  return SAID.test(
    fold(text)
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim(),
  );
}
