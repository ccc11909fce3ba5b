/**
 * What an opaquely signed mail holds: CMS SignedData (RFC 5652, section 5) around the signed entity, as S/MIME puts it into
 * `application/pkcs7-mime` (RFC 8551, section 3.5.2). Who signed is not looked at: the mail's sender is judged by DMARC.
 */

interface Element {
  readonly tag: number;
  readonly from: number;
  readonly to: number;
  /** Where what follows begins. */
  readonly next: number;
}

const SEQUENCE = 0x30;
const SET = 0x31;
const INTEGER = 0x02;
const OID = 0x06;
const OCTETS = 0x04;
const OCTETS_IN_PIECES = 0x24;
const EXPLICIT_0 = 0xa0;
/** 1.2.840.113549.1.7.2 */
const SIGNED_DATA = Buffer.from('2a864886f70d010702', 'hex');
/** Signers nest no deeper; what does is no mail. */
const DEEPEST = 16;

/** The entity that was signed; null when this is no SignedData, or what was signed is not in it. Never throws. */
export function signedContent(der: Buffer): Buffer | null {
  const info = within(der, elementAt(der, 0, der.length, 0), SEQUENCE);
  const [type, wrapped] = info;
  if (type?.tag !== OID || !der.subarray(type.from, type.to).equals(SIGNED_DATA)) return null;
  const [signed] = within(der, wrapped, EXPLICIT_0);
  const [version, digests, content] = within(der, signed, SEQUENCE);
  if (version?.tag !== INTEGER || digests?.tag !== SET) return null;
  const [, explicit] = within(der, content, SEQUENCE);
  const [octets] = within(der, explicit, EXPLICIT_0);
  return octets ? octetsIn(der, octets, 0) : null;
}

/** The first elements of one with this tag; none when it is another, or absent. */
function within(der: Buffer, outer: Element | null | undefined, tag: number): Element[] {
  return outer?.tag === tag ? childrenOf(der, outer, 3) : [];
}

function childrenOf(der: Buffer, { from, to }: Element, most: number): Element[] {
  const found: Element[] = [];
  for (let at = from; at < to && found.length < most; ) {
    const child = elementAt(der, at, to, 0);
    if (!child) break;
    found.push(child);
    at = child.next;
  }
  return found;
}

/** One element (X.690, section 8.1); null when there is none in these bounds. */
function elementAt(der: Buffer, at: number, end: number, depth: number): Element | null {
  const tag = der[at];
  const first = der[at + 1];
  if (at + 2 > end || tag === undefined || first === undefined || (tag & 0x1f) === 0x1f || depth > DEEPEST) return null;
  if (first === 0x80) return unendedAt(der, tag, at + 2, end, depth);
  const bytes = first < 0x80 ? 0 : first & 0x7f;
  if (bytes > 4 || at + 2 + bytes > end) return null;
  const size = bytes === 0 ? first : der.readUIntBE(at + 2, bytes);
  const from = at + 2 + bytes;
  return from + size > end ? null : { tag, from, to: from + size, next: from + size };
}

/** An element without a length ends at two zero bytes. */
function unendedAt(der: Buffer, tag: number, from: number, end: number, depth: number): Element | null {
  for (let at = from; at + 2 <= end; ) {
    if (der[at] === 0 && der[at + 1] === 0) return { tag, from, to: at, next: at + 2 };
    const child = elementAt(der, at, end, depth + 1);
    if (!child) return null;
    at = child.next;
  }
  return null;
}

function octetsIn(der: Buffer, octets: Element, depth: number): Buffer | null {
  if (octets.tag === OCTETS) return der.subarray(octets.from, octets.to);
  if (octets.tag !== OCTETS_IN_PIECES || depth > DEEPEST) return null;
  const pieces = childrenOf(der, octets, Number.POSITIVE_INFINITY).map((piece) => octetsIn(der, piece, depth + 1));
  return pieces.every((piece) => piece !== null) ? Buffer.concat(pieces) : null;
}
