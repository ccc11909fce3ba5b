import type { Channel, HandlerSettings, Kind, Language, Localised, Priority, Role } from '../domain/index.ts';

/** A field's type decides how free text is read and what is accepted. */
export const FIELD_TYPES = [
  'text',
  'choice',
  'number',
  'date',
  'time',
  'place',
  'person',
  'budget-holder',
  'amount',
  'budget-number',
  'yes-no',
  'attachment',
] as const;
export type FieldType = (typeof FIELD_TYPES)[number];

export interface FieldChoice {
  readonly id: string;
  readonly label: Localised;
  readonly words: readonly string[];
}

export interface Field {
  readonly id: string;
  readonly type: FieldType;
  /** `before` registration, `after` it (nothing is lost when the asker leaves), or only when said. */
  readonly required: 'before' | 'after' | 'optional';
  readonly label: Localised;
  readonly ask: Localised;
  readonly choices: readonly FieldChoice[];
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  /** Words after which its value stands in a longer message: "naar" makes "taxi naar Utrecht" a destination. */
  readonly find?: readonly string[] | undefined;
  /** A day that has been (last seen): "dinsdag" is then the last Tuesday, and yesterday is not refused. */
  readonly past?: boolean | undefined;
  readonly when?: { readonly field: string; readonly is: readonly string[] } | undefined;
  /** Of a person; left out: `colleague`. */
  readonly who?: Who | undefined;
}

/** A colleague is looked up in the list of people and taken as written when he is not there; who must be listed is asked again; an outsider is in no list. */
export const WHO = ['colleague', 'listed', 'outsider'] as const;
export type Who = (typeof WHO)[number];

export interface Answer {
  readonly id: string;
  readonly questions: Readonly<Record<Language, readonly string[]>>;
  readonly text: Localised;
  readonly source: Localised;
  readonly url?: string | undefined;
}

/** Response and completion time in minutes of the team's business hours. */
export interface Times {
  readonly respond: number;
  readonly complete: number;
}

/** What was agreed on the time that something takes. */
export interface Agreement extends Times {
  /** What holds instead for a case of this priority. */
  readonly high?: Times | undefined;
  readonly low?: Times | undefined;
  /** Per cent of the time after which the team is warned, and after which its manager hears of it. */
  readonly warn?: number | undefined;
  readonly escalate?: number | undefined;
}

/** Another agreement than the product's own, for some: all that it names must fit. */
export interface AgreementRule extends Times {
  readonly id: string;
  readonly departments?: readonly string[] | undefined;
  readonly products?: readonly string[] | undefined;
  readonly priorities?: readonly Priority[] | undefined;
  readonly warn?: number | undefined;
  readonly escalate?: number | undefined;
}

/** What must be known before a product can be delivered, and from which amount (euros) its budget's holder agrees first. */
export interface DeliveryTerms {
  readonly budgetHolder: boolean;
  readonly budgetNumber: boolean;
  readonly approvalAbove: number | null;
}

/** Click: web and chat; call: phone, mail, post; face: counter and account manager. */
export const WAYS = ['click', 'call', 'face'] as const;
export type Way = (typeof WAYS)[number];

/** On which channels a product is offered, and what is said on the others. */
export interface Offer {
  readonly channels: readonly Channel[];
  readonly way: Way;
  readonly elsewhere: Localised;
}

export interface Product {
  readonly id: string;
  readonly group: string;
  readonly team: string;
  readonly wishTeam?: string | undefined;
  readonly usualKind: Kind;
  readonly name: Localised;
  readonly description: Localised;
  readonly synonyms: Readonly<Record<Language, readonly string[]>>;
  readonly examples: Readonly<Record<Language, Readonly<Partial<Record<Kind, readonly string[]>>>>>;
  readonly answers: readonly Answer[];
  readonly fields: readonly Field[];
  /** Shown once before it is registered, because it costs money or disturbs others. */
  readonly confirm: boolean;
  /** Its cases are not everyone's to read. */
  readonly restricted: boolean;
  /** The only ones who may read its cases, as `isReader` takes them; left out: whoever may read the team's restricted ones. */
  readonly readers?: readonly string[] | undefined;
  readonly priority?: Priority | undefined;
  readonly agreement: Agreement;
  readonly delivery?: DeliveryTerms | undefined;
  /** What a request of it consists of, each done by its own team; left out: it is done as one. */
  readonly parts?: readonly PartTemplate[] | undefined;
  /** To which handler a fault or request of it is given; left out: to people. */
  readonly handler?: string | undefined;
  /** Left out: on every channel. */
  readonly offered?: Offer | undefined;
}

/** One part of what a product consists of. Its team is named, or that of its product. */
export interface PartTemplate {
  readonly id: string;
  readonly title: Localised;
  readonly product?: string | undefined;
  readonly team?: string | undefined;
  /** The parts that must be ready before it is begun. */
  readonly after: readonly string[];
  /** Only when an earlier answer is one of these. */
  readonly when?: { readonly field: string; readonly is: readonly string[] } | undefined;
}

export interface Group {
  readonly id: string;
  readonly name: Localised;
}

/** One open interval of a day, `HH:MM` to `HH:MM` local time. */
export interface OpenInterval {
  readonly from: string;
  readonly to: string;
}

export interface Team {
  readonly id: string;
  readonly name: Localised;
  readonly hours: WeekHours;
  /** Days on which this team alone is closed. */
  readonly closedDays?: readonly string[] | undefined;
  /** Addresses of who hears of what is late. */
  readonly coordinator?: string | undefined;
  readonly manager?: string | undefined;
  /** Business minutes after which a claim in which nothing happens is warned of, and goes back to the queue. */
  readonly idle?: { readonly warn: number; readonly release: number } | undefined;
  /** How many claims each of its workers may have at a time; left out: as many as they like. */
  readonly maxClaims?: number | undefined;
  readonly standby?: readonly StandBy[] | undefined;
}

/** Per weekday (1 Monday to 7 Sunday); several intervals make a lunch break. */
export type WeekHours = Readonly<Record<string, readonly OpenInterval[]>>;

/** Who stands by for what is urgent while the team is closed; local time as `YYYY-MM-DDTHH:MM`. */
export interface StandBy {
  readonly from: string;
  readonly to: string;
  readonly name: string;
  readonly address: string;
  readonly phone?: string | undefined;
}

/** A place with a counter of its own. */
export interface Site {
  readonly id: string;
  readonly name: Localised;
  /** What people call it besides its name. */
  readonly words: readonly string[];
  readonly buildings: readonly Building[];
  readonly counter?: Counter | undefined;
}

export interface Building {
  readonly id: string;
  readonly name: Localised;
  readonly words: readonly string[];
}

export interface Counter {
  readonly place: Localised;
  readonly hours: WeekHours;
  readonly number?: string | undefined;
}

export interface Budget {
  readonly number: string;
  readonly name: string;
  readonly holder: string;
  readonly open: boolean;
}

export const DANGER_KINDS = ['alarm', 'confidential'] as const;

/** What goes before everything else: how it is recognised, whom to call, and who is alarmed. */
export interface Danger {
  readonly id: string;
  /** An alarm becomes a case of the highest priority; what is confidential becomes none. */
  readonly kind: (typeof DANGER_KINDS)[number];
  /** One without a site, for everywhere; others for the site that the message names. */
  readonly numbers: readonly { readonly site?: string | undefined; readonly number: string }[];
  /** How a case is called: "brand". */
  readonly name: Localised;
  /** What stands first; `{number}` is in its first line. */
  readonly say: Localised;
  /** Who is alarmed; nobody when it is confidential. */
  readonly team?: string | undefined;
  /** Phrases as `parsePhrase` reads them. */
  readonly phrases: Readonly<Record<Language, readonly string[]>>;
  readonly not: Readonly<Record<Language, readonly string[]>>;
}

/** What holds for all dangers. */
export interface DangerRules {
  /** Lists of words that phrases name as `<name>`. */
  readonly words: Readonly<Record<string, readonly string[]>>;
  /** Drills, procedures, denials. */
  readonly not: Readonly<Record<Language, readonly string[]>>;
  /** What says that it has been; it holds for alarms, in a sentence without a phrase of `now`. */
  readonly past: Readonly<Record<Language, readonly string[]>>;
  readonly now: Readonly<Record<Language, readonly string[]>>;
}

export interface Organisation {
  readonly name: string;
  readonly timeZone: string;
  /** So many days after it was closed a case is opened again by what its requester says of it; later that is a new case that follows on it. */
  readonly reopenDays: number;
  /** Days the desk is closed, ISO dates. */
  readonly closedDays: readonly string[];
  /** What closed days are called, by date. */
  readonly dayNames: Readonly<Record<string, Localised>>;
  readonly teams: readonly Team[];
  /** For a question without a product. */
  readonly agreement: Agreement;
  /** The first that fits goes before the product's own. */
  readonly agreements: readonly AgreementRule[];
  readonly sites: readonly Site[];
  /** Systems and suppliers that products are given to. */
  readonly handlers: readonly HandlerSettings[];
  /** General answers without a product; they belong to the team `desk`. */
  readonly answers: readonly Answer[];
  /** So long after a colleague's last sign of life a chat that he took over is the desk's again. */
  readonly takeOverMinutes: number;
  /** The first that a message speaks of counts. */
  readonly dangers: readonly Danger[];
  readonly dangerRules: DangerRules;
  /** What groups of the directory are at this desk, for the sign-in by OpenID Connect. The first that fits gives the role. */
  readonly directoryGroups?:
    | readonly { readonly group: string; readonly role: Role; readonly teams?: readonly string[] | undefined }[]
    | undefined;
}

/** The published catalogue: what every process decides by. */
export interface Catalogue {
  /** Content hash, e.g. `c-1f0e5d2a`; a case names the one it was judged by. */
  readonly version: string;
  readonly groups: readonly Group[];
  readonly products: readonly Product[];
  readonly organisation: Organisation;
}
