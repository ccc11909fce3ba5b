import { type Answer, openBy, type Site, siteNamed, type WeekHours } from '../catalogue/index.ts';
import { addBusinessMinutes, type Draft, type Language } from '../domain/index.ts';
import type { Decision } from './decision.ts';
import { atText } from './moments.ts';
import { answer } from './register-case.ts';

const COUNTER = /\b(?:balie|servicebalie|loket|servicepunt|servicedesk|helpdesk|counter|front desk|service desk|help desk)\b/i;
const ASKS =
  /\b(?:openingstijd(?:en)?|open|geopend|dicht|gesloten|sluit|hoe laat|tot wanneer|telefoonnummer|nummer|bellen|bereikbaar|waar|opening hours|opening times|hours|closed?|phone|number|call|where)\b/i;

/**
 * A question about the counter of a site that it names ("hoe laat is de balie in gebouw B open") is answered from the organisation's data.
 * @returns whether it was
 */
export function answerFromSite(decision: Decision, draft: Draft): boolean {
  if (draft.kind === 'complaint' || draft.kind === 'wish' || !COUNTER.test(draft.text) || !ASKS.test(draft.text)) return false;
  const site = siteNamed(decision.catalogue.organisation.sites, draft.text);
  if (!site?.counter) return false;
  answer(decision, { ...draft, product: null }, counterAnswer(decision, site, site.counter));
  return true;
}

function counterAnswer(decision: Decision, site: Site, counter: NonNullable<Site['counter']>): Answer {
  const say = (language: Language): string => {
    const name = site.name[language];
    const [place, hours] = [counter.place[language], hoursText(counter.hours, language)];
    const { number } = counter;
    return language === 'nl'
      ? [`De balie van ${name} (${place}) is open ${hours}.`, opens(decision, counter), number && `Bellen kan op ${number}.`]
          .filter(Boolean)
          .join(' ')
      : [`The counter of ${name} (${place}) is open ${hours}.`, opens(decision, counter), number && `You can call ${number}.`]
          .filter(Boolean)
          .join(' ');
  };
  return {
    id: `counter-${site.id}`,
    questions: { nl: [], en: [] },
    text: { nl: say('nl'), en: say('en') },
    source: { nl: `Locaties: ${site.name.nl}`, en: `Sites: ${site.name.en}` },
  };
}

/** When it opens next, while it is closed. */
function opens(decision: Decision, { hours }: NonNullable<Site['counter']>): string | null {
  if (Object.keys(hours).length === 0) return null;
  const next = addBusinessMinutes(decision.now, 0, openBy(decision.catalogue, hours));
  return next > decision.now ? decision.texts.opensAgain(atText(decision, next)) : null;
}

const DAYS: Readonly<Record<Language, readonly string[]>> = {
  nl: ['maandag', 'dinsdag', 'woensdag', 'donderdag', 'vrijdag', 'zaterdag', 'zondag'],
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
};

/** "maandag t/m donderdag 8.00-17.00 uur en vrijdag 8.00-12.00 uur": days with the same hours together. */
export function hoursText(hours: WeekHours, language: Language): string {
  const runs: { from: number; to: number; hours: string }[] = [];
  for (let day = 1; day <= 7; day++) {
    const open = (hours[day] ?? [])
      .map(({ from, to }) => `${clock(from, language)}-${clock(to, language)}`)
      .join(language === 'nl' ? ' en ' : ' and ');
    const last = runs.at(-1);
    if (open === '') continue;
    if (last?.to === day - 1 && last.hours === open) last.to = day;
    else runs.push({ from: day, to: day, hours: open });
  }
  const to = language === 'nl' ? ' t/m ' : ' to ';
  const parts = runs.map(({ from, to: until, hours: open }) => {
    const days = [from, ...(until > from ? [until] : [])].map((day) => DAYS[language][day - 1]).join(to);
    return `${days} ${open}${language === 'nl' ? ' uur' : ''}`;
  });
  return parts.join(', ');
}

function clock(time: string, language: Language): string {
  const text = time.replace(/^0/, '');
  return language === 'nl' ? text.replace(':', '.') : text;
}
