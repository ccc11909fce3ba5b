import type { Language } from '../../domain/index.ts';

/** Everything that can be wrong with a request of the web chat: its HTTP status, and what a person is told. */
export const CHAT_ERRORS = {
  'not-json': { status: 400, nl: 'Dit bericht kon niet worden gelezen.', en: 'This message could not be read.' },
  invalid: { status: 422, nl: 'Aan dit bericht klopt iets niet.', en: 'Something in this message is not right.' },
  empty: { status: 422, nl: 'Er staat niets in dit bericht.', en: 'There is nothing in this message.' },
  'too-long': {
    status: 413,
    nl: 'Dit bericht is te lang: maximaal 8000 tekens.',
    en: 'This message is too long: 8000 characters at most.',
  },
  'file-empty': { status: 422, nl: 'Dit bestand is leeg.', en: 'This file is empty.' },
  'file-too-large': { status: 413, nl: 'Dit bestand is te groot: maximaal % MB.', en: 'This file is too large: % MB at most.' },
  'file-refused': {
    status: 422,
    nl: 'Dit soort bestand neemt de servicedesk niet aan.',
    en: 'The service desk does not take files of this kind.',
  },
  'file-infected': {
    status: 422,
    nl: 'In dit bestand zit een virus. Het is niet verstuurd.',
    en: 'There is a virus in this file. It was not sent.',
  },
  'file-held': { status: 409, nl: 'Dit bestand wordt nog gecontroleerd.', en: 'This file is still being checked.' },
  'file-gone': {
    status: 422,
    nl: 'Een bestand is er niet meer. Voeg het opnieuw toe.',
    en: 'A file is no longer there. Please add it again.',
  },
  'unknown-file': { status: 404, nl: 'Dit bestand is er niet.', en: 'There is no such file.' },
  'too-many-files': { status: 422, nl: 'Dat zijn te veel bestanden bij elkaar.', en: 'Those are too many files together.' },
  'storage-full': {
    status: 507,
    nl: 'Er is bij ons nu geen plaats voor bestanden. Je bericht kan wel.',
    en: 'There is no room for files here now. Your message can still be sent.',
  },
  'storage-away': {
    status: 503,
    nl: 'Bestanden kunnen we nu niet bewaren. Probeer het zo nog eens.',
    en: 'Files cannot be kept right now. Please try again shortly.',
  },
  'not-signed-in': { status: 401, nl: 'Dit gesprek is niet meer geopend.', en: 'This conversation is no longer open here.' },
  'bad-token': { status: 401, nl: 'De aanmelding van het intranet is niet geldig.', en: 'The intranet’s sign-in is not valid.' },
  forbidden: { status: 403, nl: 'Dit gesprek is van iemand anders.', en: 'This conversation belongs to somebody else.' },
  'origin-not-allowed': {
    status: 403,
    nl: 'De chat mag op deze pagina niet worden gebruikt.',
    en: 'The chat may not be used on this page.',
  },
  'unknown-conversation': { status: 404, nl: 'Dit gesprek bestaat niet meer.', en: 'This conversation does not exist.' },
  'too-many': {
    status: 429,
    nl: 'Dat zijn veel berichten achter elkaar. Wacht even.',
    en: 'Those are many messages in a row. Please wait a moment.',
  },
  starting: { status: 503, nl: 'De servicedesk start op. Nog een ogenblik.', en: 'The service desk is starting. One moment.' },
  failed: {
    status: 500,
    nl: 'Er ging bij ons iets mis. Probeer het zo nog eens.',
    en: 'Something went wrong on our side. Please try again shortly.',
  },
} as const satisfies Record<string, { status: number } & Record<Language, string>>;

export type ChatErrorCode = keyof typeof CHAT_ERRORS;

/** A request that is answered with an error; nothing of it was taken in unless the ledger says so. */
export class ChatError extends Error {
  readonly code: ChatErrorCode;
  readonly status: number;
  /** Seconds after which it may be tried again. */
  readonly retryAfter: number | null;
  /** What stands in the sentence for %. */
  readonly value: number | null;

  constructor(code: ChatErrorCode, options: { readonly detail?: string; readonly retryAfter?: number; readonly value?: number } = {}) {
    super(options.detail ?? CHAT_ERRORS[code].en);
    this.code = code;
    this.status = CHAT_ERRORS[code].status;
    this.retryAfter = options.retryAfter ?? null;
    this.value = options.value ?? null;
  }
}

/** The sentence for people; `detail` adds what exactly was wrong, for developers. */
export function errorBody(
  error: ChatError,
  language: Language,
): { readonly error: { readonly code: string; readonly message: string; readonly detail?: string } } {
  const message = CHAT_ERRORS[error.code][language].replace('%', String(error.value));
  return { error: { code: error.code, message, ...(error.message !== CHAT_ERRORS[error.code].en ? { detail: error.message } : {}) } };
}
