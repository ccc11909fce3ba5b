import { LANGUAGES } from '../domain/index.ts';
import { duplicates } from './duplicates.ts';
import { nearest } from './nearest.ts';
import { parsePhrase } from './phrase.ts';
import { didYouMean, type Path, type Problem } from './problem.ts';
import type { OrganisationFile } from './schema.ts';
import type { SourceFile } from './source-file.ts';

/** The dangers of an organisation: a mistake here may cost more than anywhere else, so all that can be seen before is. */
export function checkDangers(file: SourceFile, { dangers, dangerRules, teams }: OrganisationFile): Problem[] {
  const problems = duplicates(file, ['dangers'], dangers);
  const known = teams.map(({ id }) => id);
  dangers.forEach((danger, i) => {
    const path: Path = ['dangers', i];
    if (danger.kind === 'alarm' && danger.team === undefined) problems.push(file.problemAt(path, 'an alarm needs a team'));
    if (danger.kind === 'confidential' && danger.team !== undefined)
      problems.push(file.problemAt([...path, 'team'], 'what is confidential goes to no team', 'leave "team" out'));
    else if (danger.team !== undefined && !known.includes(danger.team)) {
      const hint = didYouMean(nearest(danger.team, known)) ?? `known: ${known.join(', ')}`;
      problems.push(file.problemAt([...path, 'team'], `unknown team "${danger.team}"`, hint));
    }
    if (danger.numbers.filter(({ site }) => site === undefined).length !== 1)
      problems.push(file.problemAt([...path, 'numbers'], 'must have one number without a site, for everywhere'));
    for (const language of LANGUAGES) {
      if (!danger.say[language].split('\n')[0]?.includes('{number}'))
        problems.push(file.problemAt([...path, 'say', language], 'must have {number} in its first line'));
      if (danger.phrases[language].length === 0)
        problems.push(file.problemAt([...path, 'phrases', language], 'must have at least one phrase'));
    }
    for (const key of ['phrases', 'not'] as const) problems.push(...checkPhrases(file, [...path, key], danger[key], dangerRules.words));
  });
  for (const key of ['not', 'past', 'now'] as const)
    problems.push(...checkPhrases(file, ['dangerRules', key], dangerRules[key], dangerRules.words));
  return problems;
}

type Lists = OrganisationFile['dangerRules']['not'];

function checkPhrases(file: SourceFile, path: Path, lists: Lists, words: OrganisationFile['dangerRules']['words']): Problem[] {
  return LANGUAGES.flatMap((language) =>
    lists[language].flatMap((text, i) => {
      const parsed = parsePhrase(text, words);
      return parsed.kind === 'ok' ? [] : [file.problemAt([...path, language, i], parsed.message, parsed.hint)];
    }),
  );
}
