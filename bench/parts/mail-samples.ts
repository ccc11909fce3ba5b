/** The test mails of other projects, with what their authors say is new in each. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Sample {
  readonly name: string;
  readonly raw: Buffer;
  /** What its authors say is new. */
  readonly text: string;
}

/** By the name of the project's checkout. */
export const SAMPLES: Readonly<Record<string, (folder: string) => Sample[]>> = {
  talon: (folder) => [
    ...talonReplies(join(folder, 'tests/fixtures/standard_replies')),
    ...talonHtml(join(folder, 'tests/fixtures/html_replies')),
  ],
  'email-reply-parser': (folder) => replyParser(join(folder, 'test')),
  email_reply_trimmer: (folder) => replyTrimmer(join(folder, 'test')),
};

function talonReplies(folder: string): Sample[] {
  return named(folder, '.eml').map((name) => {
    const said = join(folder, name.replace(/\.eml$/, '_reply_text'));
    return { name, raw: readFileSync(join(folder, name)), text: existsSync(said) ? readFileSync(said, 'utf8') : 'Hello' };
  });
}

function talonHtml(folder: string): Sample[] {
  return named(folder, '.html').map((name) => ({
    name,
    raw: mailOf('text/html', readFileSync(join(folder, name), 'utf8')),
    text: 'Hi. I am fine. Thanks, Alex',
  }));
}

/** Those whose new text is the same in all of them, which the test's code holds. */
function replyParser(folder: string): Sample[] {
  const code = readFileSync(join(folder, 'test.js'), 'utf8');
  const text = (/COMMON_FIRST_FRAGMENT = '([\s\S]*?)';/.exec(code)?.[1] ?? '').replace(/\\n\\\n/g, '\n');
  return code.split('export function ').flatMap((test) => {
    const name = /get_email\("([^"]+)"\)/.exec(test)?.[1];
    if (!name || !test.includes('COMMON_FIRST_FRAGMENT, ')) return [];
    return [{ name, raw: mailOf('text/plain', readFileSync(join(folder, 'fixtures', `${name}.txt`), 'utf8')), text }];
  });
}

function replyTrimmer(folder: string): Sample[] {
  return named(join(folder, 'emails'), '.txt').map((name) => ({
    name,
    raw: mailOf('text/plain', readFileSync(join(folder, 'emails', name), 'utf8')),
    text: readFileSync(join(folder, 'trimmed', name), 'utf8'),
  }));
}

function mailOf(type: string, body: string): Buffer {
  const head = ['From: Ann <ann@example.org>', 'To: desk@example.org', 'Subject: Re: question', 'MIME-Version: 1.0'];
  return Buffer.from([...head, `Content-Type: ${type}; charset=utf-8`, 'Content-Transfer-Encoding: 8bit', '', body].join('\r\n'));
}

function named(folder: string, ending: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .sort();
}
