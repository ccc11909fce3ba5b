/** An element of a card's body, as the schema has it. */
export type CardElement = Readonly<Record<string, unknown>>;

type Spacing = 'None' | 'Small' | 'Default' | 'Medium';

interface Look {
  readonly bold?: boolean;
  readonly subtle?: boolean;
  readonly accent?: boolean;
  readonly small?: boolean;
  readonly large?: boolean;
  readonly danger?: boolean;
  readonly good?: boolean;
  readonly spacing?: Spacing;
  readonly align?: 'Center' | 'Right';
}

/**
 * Words as they are. A TextRun knows no Markdown, so that what somebody wrote can make no link, no list and no mention; only the template marks
 * of dates are taken apart, which Teams would read in any text.
 */
export function block(text: string, look: Look = {}): CardElement {
  const color = look.danger ? 'Attention' : look.accent ? 'Accent' : look.good ? 'Good' : null;
  return {
    type: 'RichTextBlock',
    ...(look.spacing ? { spacing: look.spacing } : {}),
    ...(look.align ? { horizontalAlignment: look.align } : {}),
    inlines: [
      {
        type: 'TextRun',
        text: literal(text),
        ...(look.bold ? { weight: 'Bolder' } : {}),
        ...(look.subtle ? { isSubtle: true } : {}),
        ...(look.small ? { size: 'Small' } : look.large ? { size: 'Medium' } : {}),
        ...(color ? { color } : {}),
      },
    ],
  };
}

/** Text with its lines and paragraphs. */
export function lines(text: string): CardElement[] {
  return text.split(/\n{2,}/).flatMap((paragraph, p) =>
    paragraph
      .split('\n')
      .filter((line) => line.trim().length > 0)
      .map((line, i) => block(line, i > 0 ? { spacing: 'None' } : p > 0 ? { spacing: 'Medium' } : {})),
  );
}

/** Danger: what to do now stands large in the first line. */
export function alarmBlocks(text: string): CardElement[] {
  const [first = '', ...rest] = text.split('\n');
  return [
    { ...container([block(first, { bold: true, large: true, danger: true })]), style: 'attention', bleed: true },
    ...lines(rest.join('\n').replace(/^\n+/, '')),
  ];
}

export function container(
  items: readonly CardElement[],
  given: { readonly separator?: boolean; readonly open?: string } = {},
): CardElement {
  return {
    type: 'Container',
    ...(given.separator ? { separator: true, spacing: 'Medium' } : {}),
    ...(given.open ? { selectAction: { type: 'Action.OpenUrl', title: given.open, url: given.open } } : {}),
    items,
  };
}

/** Columns beside each other. @param widths their shares; `auto` where it is as wide as its content */
export function row(
  columns: readonly (readonly CardElement[])[],
  given: { readonly widths: readonly (number | 'auto' | 'stretch')[]; readonly spacing?: Spacing },
): CardElement {
  return {
    type: 'ColumnSet',
    ...(given.spacing ? { spacing: given.spacing } : {}),
    columns: columns.map((items, i) => ({ type: 'Column', width: given.widths[i] ?? 'auto', items })),
  };
}

/** What cannot be read as a template of a date (`{{DATE(...)}}`). */
export function literal(text: string): string {
  return text.replaceAll('{{', '{\u200B{');
}
