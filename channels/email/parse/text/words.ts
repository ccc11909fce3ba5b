/**
 * The words by which clients set off an earlier mail, in the languages they speak. Dutch, English, German and French are complete; of the
 * others what travels through a Dutch mailbox.
 */

export type FieldKind = 'from' | 'date' | 'to' | 'cc' | 'subject' | 'other';

const FIELD_NAMES: Readonly<Record<FieldKind, string>> = {
  from: 'van|from|von|de|da|från|fra|od|afzender|expéditeur|absender|от|от кого|发件人|差出人|寄件者|lähettäjä|kimden',
  date: "verzonden|verzonden op|verstuurd|sent|sent at|gesendet|gesendet am|envoyé|envoyé le|datum|date|date d'envoi|datum/tijd|inviato|enviado|enviada em|enviado el|skickat|sendt|data|fecha|wysłano|dato|message du|дата|отправлено|дата отправки|发送时间|送信日時|lähetetty",
  to: 'aan|naar|to|an|à|a|para|til|till|do|кому|收件人|宛先|vastaanottaja|kime',
  cc: 'cc|kopie|kopie an|cci|bcc|kopi|copie à|copie|копия|抄送',
  subject: 'onderwerp|subject|betreff|objet|oggetto|sujet|asunto|assunto|ämne|emne|temat|тема|主题|件名|aihe|konu',
  other:
    'prioriteit|priority|urgentie|belang|importance|wichtigkeit|priorität|gevoeligheid|sensitivity|bijlagen?|attachments?|anlagen?|pièces? jointes?|reply-to|antwoord aan|antwort an|antworten an|répondre à|organisation|organization|company|resent-\\w{2,9}|categorie(?:ën)?',
};

const KINDS = ['from', 'date', 'to', 'cc', 'subject', 'other'] as const satisfies readonly FieldKind[];
const FIELD = new RegExp(`^[\\s*_|]*(?:${KINDS.map((kind) => `(${FIELD_NAMES[kind]})`).join('|')})[\\s*_]*[:：][\\s*_|]*(.*)$`, 'iu');

/** A line such as "Van: Jan Jansen <jan@example.org>". */
export function fieldOf(text: string): { readonly kind: FieldKind; readonly value: string } | null {
  // Most lines are none, and this is asked of each.
  if (text.length > 2_000 || !/^.{0,60}[:：]/.test(text)) return null;
  const match = FIELD.exec(text);
  if (!match) return null;
  const at = KINDS.findIndex((_, index) => match[index + 1] !== undefined);
  const kind = KINDS[at];
  return kind ? { kind, value: (match[KINDS.length + 1] ?? '').replace(/[*_]+$/, '').trim() } : null;
}

const words = (list: string) => new RegExp(`(?<![\\p{L}\\d])(?:${list})(?![\\p{L}\\d])`, 'iu');

/** "wrote", in the languages of clients. */
export const WROTE = words(
  'wrote|writes|schreef|schreven|geschreven|schrieb|geschrieben|a écrit|écrivait|a ecrit|écrit|escribió|escribio|ha scritto|scrive|escreveu|skrev|skrevet|napisał|napisała|napisał\\(a\\)|kirjoitti|написал|написала|написал\\(а\\)|пишет|пише|yazdı|napsal|napsala|napsal\\(a\\)|írta|a scris|написа|έγραψε|kirjutas|rašė|viết|het volgende geschreven|folgendes geschrieben|さんは書きました|写道',
);

/** Somebody speaking of themselves writes a sentence, no client's line. */
export const FIRST_PERSON = words(
  "schreef ik|ik schreef|heb ik|i wrote|i have written|i've written|schrieb ich|ich schrieb|habe ich|j'ai écrit|j’ai écrit|wij schreven|schreven wij|we wrote|wrote that|schreef dat|schrieb, dass",
);

/** How the line above a quote begins: a word for "on", a day of the week, a date. */
export const ATTRIBUTION_START =
  /^[\s*_-]*(?:(?:On|Op|Am|Le|El|Il|Em|A|Den|Dnia|W dniu|Dne|Dňa|Pada|Ha|La|Pe|Στις|Vào)[\s,]|(?:ma|di|wo|do|vr|za|zo|mon|tue|wed|thu|fri|sat|sun|mo|mi|fr|sa|so|tir|ons|tor|fre|lør|søn|mån|tis|lör|sön|lun|mar|mer|jeu|ven|sam|dim|пн|вт|ср|чт|пт|сб|вс)\p{L}{0,10}\.?,?\s|\d{1,4}[-./]|\d{1,2}\s\p{L}{3,9}\.?\s\d{4}|\d{1,2}:\d{2})/iu;

const ORIGINAL =
  "Original Message|Original Appointment|Original e-?mail|Oorspronkelijk(?:e)? (?:bericht|afspraak|e-?mail)|Origineel bericht|Oorspronkelijke e-mailbericht|Ursprüngliche (?:Nachricht|E-?Mail|Mail|Termin)|Originalnachricht|Original-?Nachricht|Ursprünglicher Termin|Message d['’]origine|Message original|Message initial|E-mail d['’]origine|Rendez-vous d['’]origine|Mensaje original|Messaggio originale|Mensagem original|Mensagem Original|Opprinnelig melding|Original meddelelse|Oprindelig besked|Opprindelig melding|Oprindelig meddelelse|Ursprungligt meddelande|Originalmeddelande|Oryginalna wiadomość|Wiadomość oryginalna|Původní zpráva|Исходное сообщение|Original|Reply Message|Antwortnachricht|Antwoordbericht|Eredeti üzenet|Alkuperäinen viesti|元のメッセージ|原始邮件";
const FORWARD =
  'Forwarded message|Forwarded by [^-]{1,100}|Forwarded Mail|Doorgestuurd(?:e)? (?:bericht|e-?mail)|Doorgezonden bericht|Doorgestuurd door [^-]{1,100}|Weitergeleitete (?:Nachricht|E-?Mail|Mail)|Weitergeleitet von [^-]{1,100}|Message transféré|Message transmis|E-mail transféré|Transféré par [^-]{1,100}|Mensaje reenviado|Messaggio inoltrato|Mensagem encaminhada|Vidarebefordrat meddelande|Videresendt besked|Vidarebefordrad besked|Videresendt meddelelse|Videresendt melding|Przekazana wiadomość|Wiadomość przekazana dalej|Пересылаемое сообщение|Пересланное сообщение|Přeposlaná zpráva';
const FORWARD_SENTENCE =
  "Begin forwarded message|Begin doorgestuurd bericht|Begin van doorgestuurd bericht|Hieronder begint het doorgestuurde bericht|Anfang der weitergeleiteten (?:Nachricht|E-?Mail|Mail)|Beginn der weitergeleiteten (?:Nachricht|E-?Mail)|Début du message (?:transféré|réexpédié)|Début de l['’]e-mail transféré|Inicio del mensaje reenviado|Inizio messaggio inoltrato|Início da mensagem encaminhada";

const ORIGINAL_LINE = new RegExp(`^(?:${ORIGINAL})\\s{0,5}(?:$|[-_=–—:*]{1,80}\\s*$|[-_=–—]{2})`, 'iu');
const FORWARD_LINE = new RegExp(`^(?:${FORWARD})[\\s>*_=~–—:-]*$`, 'iu');
const FORWARD_SENTENCE_LINE = new RegExp(`^[\\s*_]*(?:${FORWARD_SENTENCE})\\s*:?[\\s*_]*$`, 'iu');
const LONGEST_MARK = 300;

/** What stands behind the dashes at the beginning of a line; null when it has none. */
function behindDashes(text: string): string | null {
  const head = /^[\s>*_=~–—-]+/.exec(text.slice(0, LONGEST_MARK))?.[0] ?? '';
  return /[-_=–—]{2}/.test(head) ? text.slice(head.length, LONGEST_MARK) : null;
}

/** "-----Oorspronkelijk bericht-----": what follows is an earlier mail. */
export function isOriginalLine(text: string): boolean {
  const rest = behindDashes(text);
  return rest !== null && ORIGINAL_LINE.test(rest);
}

/** The same without its dashes, as some phones write it; counts only above a header block. */
export function isBareOriginalLine(text: string): boolean {
  return text.length < 60 && ORIGINAL_LINE.test(text.replace(/^[\s*_]+/, ''));
}

/** "---------- Doorgestuurd bericht ---------": what follows is a forwarded mail. */
export function isForwardMark(text: string): boolean {
  if (text.length > LONGEST_MARK) return false;
  const rest = behindDashes(text);
  return rest === null ? FORWARD_SENTENCE_LINE.test(text) : FORWARD_LINE.test(rest) || FORWARD_SENTENCE_LINE.test(rest);
}

/** Subjects of forwarded mails; the first prefix counts, since "RE: FW:" answers a forwarded one. */
export const FORWARD_SUBJECT =
  /^\s*(?:\[[^\]]{1,40}\]\s*)?(?:fwd?|fw|wg|tr|doorst|doorgestuurd|weitergeleitet|vs|rv|enc|i|vb|pd)\s*(?:\[\d+\])?\s*:/i;

/** The new text points to what stands below it, or between. */
export const POINTS_BELOW =
  /\b(?:zie (?:ook |mijn |de |onze |het |eens )?(?:(?:antwoord(?:en)?|reacties?|opmerkingen|tekst|mail|bericht|vraag|commentaar) )?(?:hier)?(?:onder|beneden)(?:staand)?|zie (?:onderstaand|hieronder|tussen de regels|in (?:rood|blauw|groen|kleur)|inline|doorgestuurd|bijgaand|bijgevoegd|forward)|onderstaand(?:e)?|hieronder|hierbeneden|tussen de regels|zie de mail|see (?:my |the |our )?(?:(?:answers?|comments?|replies|mail|message|question|email|e-mail) )?(?:below|inline|in (?:red|blue|green|line)|forwarded|attached)|below|inline|siehe unten|s\. ?u\.|untenstehend|siehe nachfolgend|voir (?:ci-dessous|plus bas)|ci-dessous)\b/i;
