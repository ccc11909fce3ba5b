/**
 * How mail clients mark, in their HTML, what is quoted, what stands above a quote, where the earlier mail begins and what is a signature.
 * Ids and classes come back with a prefix of the next client (`x_` by Outlook on the web, `m_...` by Gmail).
 */

export type Mark =
  /** A quoted block. */
  | 'quote'
  /** A block around attribution and quote; answers may stand between the quotes in it. */
  | 'quote-area'
  /** The line above a quote. */
  | 'intro'
  /** Everything from here to the end of the mail is earlier. */
  | 'history'
  /** As `history`, when a header block ("Van: ...") follows. */
  | 'history-if-headers'
  | 'signature'
  | 'hidden';

const HISTORY_IDS =
  /(^|[\s_])(divRplyFwdMsg|OLK_SRC_BODY_SECTION|ms-outlook-mobile-reference-message|mail-editor-reference-message-container|stopSpelling|zwchr|reply-?_?History|replySplit|isReplyContent|isForwardContent|LPlnk-history)\b/i;
const SIGNATURE_IDS =
  /(^|[\s_])(Signature|ms-outlook-mobile-signature|AppleMailSignature|composer_signature|signature|lineBreakAtBeginningOfSignature|ymail_android_signature|ymail_ios_signature|email-signature|divtagdefaultsignature)(\s|$)/i;
const SIGNATURE_CLASSES =
  /(^|[\s_])(gmail_signature|gmail_signature_prefix|moz-signature|protonmail_signature_block|protonmail_signature_block-user|tutanota_signature|email-signature|yahoo-signature|zmail-signature|front-signature|signature|pagesignature)(\s|$)/i;
const QUOTE_CLASSES =
  /(^|[\s_])(yahoo_quoted|tutanota_quote|fairemail_quote|gmail_quote_attribution|zmail_extra|ox_quote|WM_quote|spark_quote|mailbird_quote|edo-quote|iwm-quote|quoted-content|freirich-quote|mb_quote)(\s|$)/i;
const AREA_CLASSES =
  /(^|[\s_])(gmail_quote|gmail_quote_container|gmail_extra_quote|protonmail_quote|proton-quote|sg_quote|hey_quote)(\s|$)/i;
const INTRO_CLASSES =
  /(^|[\s_])(gmail_attr|moz-cite-prefix|airmail_on|reply-intro|quote-header|mailru-quote-header|protonmail_quote_header)(\s|$)/i;

/** Signs of a quote made by hand: the blue line of Outlook for inline answers. */
const LEFT_LINE = /border-left:\s*(?:solid|1|1\.\d+pt|2px)[^;]*(?:solid|blue|#)/i;
const TOP_LINE = /border(?:-top)?:\s*solid|border-top-style:\s*solid|border-top:\s*[^;]*\bsolid\b|border-width:\s*1pt (?:medium|0px|none)/i;

/** What one element's opening says. @param attributes as htmlparser2 gives them: names in lower case */
export function markOf(element: string, attributes: Readonly<Record<string, string>>): Mark | null {
  const { id = '', class: classes = '', style = '' } = attributes;
  if (style !== '' && /display:\s*none|mso-hide:\s*all|visibility:\s*hidden/i.test(style)) return 'hidden';
  if (element === 'blockquote') return AREA_CLASSES.test(classes) || isQuoteBlock(attributes) ? 'quote' : null;
  if (
    HISTORY_IDS.test(id) ||
    /moz-forward-container/.test(classes) ||
    attributes.name === 'messageReplySection' ||
    element === 'includetail'
  )
    return 'history';
  if (
    SIGNATURE_IDS.test(id) ||
    SIGNATURE_CLASSES.test(classes) ||
    attributes.name === 'messageSignatureSection' ||
    attributes['data-smartmail'] === 'gmail_signature'
  ) {
    return 'signature';
  }
  if (element === 'a' && attributes.name === '_MailOriginal') return 'history-if-headers';
  if (QUOTE_CLASSES.test(classes) || attributes.name === 'quote') return 'quote';
  if (AREA_CLASSES.test(classes)) return 'quote-area';
  if (INTRO_CLASSES.test(classes) || /(^|_)reply-intro/.test(id)) return 'intro';
  if (element === 'div' && style !== '') {
    if (TOP_LINE.test(style) && /border/i.test(style)) return 'history-if-headers';
    if (LEFT_LINE.test(style) && /padding/i.test(style)) return 'quote';
  }
  return null;
}

/** A block quote is a quote, unless it is how a client indents. */
function isQuoteBlock({ type = '', class: classes = '', style = '' }: Readonly<Record<string, string>>): boolean {
  if (/cite/i.test(type)) return true;
  return !/border:\s*(?:none|0|medium none)|webkit-indent/i.test(`${style} ${classes}`);
}
