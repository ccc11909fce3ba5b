import type { Language, NoticeKind, Reference } from '../domain/index.ts';
import { textsIn } from './texts.ts';

/** What a notice says to a colleague, in one line and in full. */
export interface NoticeText {
  readonly subject: string;
  readonly text: string;
}

/** @param title null for what is restricted: it is not said outside the workbench */
export function noticeText(
  language: Language,
  about: {
    readonly kind: NoticeKind;
    readonly reference: Reference;
    readonly title: string | null;
    readonly team: string;
    readonly link: string;
  },
): NoticeText {
  const said = textsIn(language).notice(about.kind, about.reference, about.team);
  return { subject: said.replace(/\.$/, ''), text: [said, about.title, about.link].filter((line) => line !== null).join('\n\n') };
}
