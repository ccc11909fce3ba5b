import { type CardContext, cardOf, needsCard, type Part, plainText } from './cards.ts';
import { teamsTexts } from './texts.ts';
import type { Card, OutgoingActivity } from './types.ts';

export const CARD_TYPE = 'application/vnd.microsoft.card.adaptive';
/** Teams takes 28 KB for a message with all that belongs to it; this leaves room for the envelope. */
export const MOST_BYTES = 25_000;

/** What was said, as the activity that shows it. Too large for Teams, it becomes words, and these are shortened to what Teams takes. */
export function renderParts(parts: readonly Part[], context: CardContext): OutgoingActivity {
  const text = parts.map((part) => plainText(part, context)).join('\n\n');
  if (!parts.some(needsCard)) return words(text, context);
  const activity = cardActivity(cardOf(parts, context), text);
  return bytesOf(activity) <= MOST_BYTES ? activity : words(text, context);
}

export function cardActivity(card: Card, summary: string): OutgoingActivity {
  return { type: 'message', summary: firstOf(summary), attachments: [{ contentType: CARD_TYPE, content: card }] };
}

export function words(text: string, { language }: Pick<CardContext, 'language'>): OutgoingActivity {
  const activity = (shown: string): OutgoingActivity => ({ type: 'message', text: shown, textFormat: 'plain' });
  if (bytesOf(activity(text)) <= MOST_BYTES) return activity(text);
  const mark = teamsTexts(language).cut;
  let fits = 0;
  for (let step = text.length; step >= 1; step = Math.floor(step / 2))
    while (fits + step <= text.length && bytesOf(activity(`${text.slice(0, fits + step)}${mark}`)) <= MOST_BYTES) fits += step;
  return activity(`${text.slice(0, fits).replace(/[\uD800-\uDBFF]$/, '')}${mark}`);
}

/** As much of it as a notification shows. */
function firstOf(text: string): string {
  const [line = ''] = text.split('\n');
  return [...line].slice(0, 300).join('');
}

function bytesOf(activity: OutgoingActivity): number {
  return Buffer.byteLength(JSON.stringify(activity));
}
