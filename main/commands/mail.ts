import { readFile } from 'node:fs/promises';
import type { ParsedMail } from '../../channels/email/index.ts';
import { languageOf } from '../../intents/index.ts';

export interface MailOptions {
  readonly json?: boolean;
}

/**
 * `loket mail FILE.eml...`: what intake makes of a mail, one JSON line or one summary per file. Needs no running desk. Any bytes give a
 * result; a file that cannot be read is said on stderr and ends the command with 1 after the others.
 */
export async function mail(files: readonly string[], options: MailOptions): Promise<void> {
  const { parseMail } = await import('../../channels/email/index.ts');
  for (const file of files) {
    const raw = await readFile(file).catch((error: Error) => error);
    if (raw instanceof Error) {
      console.error(`loket: ${file} cannot be read: ${raw.message}`);
      process.exitCode = 1;
      continue;
    }
    const parsed = await parseMail(raw, { languageOf: (text) => languageOf(text, 0).language });
    console.log(options.json ? JSON.stringify(asJson(parsed)) : asText(file, parsed));
  }
}

/** The keys are what scripts rely on; a mail without sender has an empty one. */
function asJson(parsed: ParsedMail): object {
  const { messageId, from, to, cc, date, subject, text, quoted, signature, forwarded, language, automated } = parsed;
  const { inReplyTo, references, caseReference, attachments, authentication, warnings } = parsed;
  return {
    messageId,
    from: from ?? { name: '', address: '' },
    to,
    cc,
    date,
    subject,
    text,
    quoted,
    signature,
    forwarded,
    language,
    automated: automated?.kind ?? null,
    inReplyTo,
    references,
    caseReference,
    attachments: attachments.map(({ name, type, size, inline }) => ({ name, type, size, inline })),
    authentication,
    warnings,
  };
}

function asText(file: string, parsed: ParsedMail): string {
  const { from, automated, attachments, forwarded } = parsed;
  const rows: readonly (readonly [string, string])[] = [
    ['from', from ? `${from.name} <${from.address}>`.trim() : ''],
    ['date', parsed.date ?? ''],
    ['subject', parsed.subject],
    ['case', parsed.caseReference ?? ''],
    ['automatic', automated ? `${automated.kind} (${automated.why})` : ''],
    [
      'not delivered to',
      automated?.kind === 'bounce'
        ? `${automated.report.recipients.join(', ')}${automated.report.final ? '' : ' (the server goes on trying)'}`
        : '',
    ],
    [
      'attachments',
      attachments.map(({ name, type, size, inline }) => `${name || type} (${size} bytes${inline ? ', in the text' : ''})`).join(', '),
    ],
    ['odd', parsed.warnings.join('; ')],
  ];
  const parts: readonly (readonly [string, string])[] = [
    ['text', parsed.text],
    ['signature', parsed.signature],
    [
      'forwarded',
      forwarded ? `${[forwarded.from?.name, forwarded.from?.address, forwarded.date].filter(Boolean).join(' · ')}\n${forwarded.text}` : '',
    ],
    ['quoted', parsed.quoted],
  ];
  const shown = (text: string) => text.split('\n').map((line) => `    ${line}`.trimEnd());
  return [
    file,
    ...rows.filter(([, value]) => value !== '').map(([name, value]) => `  ${name}: ${value}`),
    ...parts.filter(([, value]) => value !== '').flatMap(([name, value]) => [`  ${name}:`, ...shown(value)]),
  ].join('\n');
}
