import type { Language } from '../../../domain/index.ts';

/** What Teams shows of the app, in one language. The schema's lengths: titles of commands 32, description.short 80. */
export interface PackageTexts {
  readonly name: string;
  readonly full: (organisation: string) => string;
  readonly short: string;
  readonly description: (organisation: string) => string;
  readonly tabs: { readonly my: string; readonly workbench: string };
  /** What the bot suggests to type, and what comes of it. */
  readonly suggestions: readonly { readonly title: string; readonly description: string }[];
  readonly register: { readonly title: string; readonly description: string };
  readonly search: { readonly title: string; readonly description: string; readonly parameter: string };
}

export const PACKAGE_TEXTS: Readonly<Record<Language, PackageTexts>> = {
  nl: {
    name: 'Servicedesk',
    full: (organisation) => `Servicedesk van ${organisation}`,
    short: 'Eén adres voor vragen over gebouw, ICT, P&O en alle andere diensten.',
    description: (organisation) =>
      `Stel je vraag zoals je die aan een collega zou stellen: "het is te warm in kamer 3.14", "ik wil morgen een taxi naar Utrecht". De servicedesk van ${organisation} antwoordt meteen als dat kan, vraagt alleen wat nog nodig is, en legt de rest bij het team dat het doet. Je hoort het als je zaak is opgepakt, als er iets verandert en als het klaar is.\n\nIn "Mijn zaken" zie je waar je zaken staan. Behandelaars werken in "Werkplek".`,
    tabs: { my: 'Mijn zaken', workbench: 'Werkplek' },
    suggestions: [
      { title: 'mijn zaken', description: 'Hoe het met je zaken staat' },
      { title: 'hulp', description: 'Wat je hier kunt vragen' },
    ],
    register: { title: 'Melden bij de servicedesk', description: 'Maak van dit bericht een zaak bij de servicedesk' },
    search: { title: 'Mijn zaken', description: 'Zoek een zaak en zet die in het gesprek', parameter: 'Woorden of een nummer' },
  },
  en: {
    name: 'Service desk',
    full: (organisation) => `Service desk of ${organisation}`,
    short: 'One place for questions about the building, ICT, HR and all other services.',
    description: (organisation) =>
      `Ask as you would ask a colleague: "it is too warm in room 3.14", "I need a taxi to Utrecht tomorrow". The service desk of ${organisation} answers at once when it can, asks only for what is still needed, and hands the rest to the team that does it. You hear when your case is picked up, when something changes and when it is ready.\n\n"My cases" shows where your cases stand. Workers use "Workbench".`,
    tabs: { my: 'My cases', workbench: 'Workbench' },
    suggestions: [
      { title: 'my cases', description: 'How your cases stand' },
      { title: 'help', description: 'What you can ask here' },
    ],
    register: { title: 'Register at the service desk', description: 'Make this message a case at the service desk' },
    search: { title: 'My cases', description: 'Find a case and drop it into the chat', parameter: 'Words or a number' },
  },
};
