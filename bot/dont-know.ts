const SAID =
  /^\W*(?:(?:dat|het) weet ik(?: \w+){0,2} niet|weet ik(?: \w+){0,2} niet|ik weet(?: \w+){0,3} niet|(?:ik heb )?(?:echt )?geen (?:flauw )?idee|geen (?:flauw )?idee|(?:dat )?zou (?:ik )?(?:het )?niet weten|(?:dat is )?(?:mij )?onbekend|(?:i )?(?:do not|don.?t) (?:really )?know(?: that| it| yet|(?: the)? \w+)?|(?:i have )?no idea|(?:i.?m )?not sure|unknown|dunno)\W*$/i;

/** "weet ik niet": no answer to anything, and not a question of its own. */
export function doesNotKnow(text: string): boolean {
  return text.length < 80 && SAID.test(text);
}
