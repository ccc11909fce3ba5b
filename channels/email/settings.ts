/** One of the desk's mailboxes, as the configuration gives it. */
export interface MailboxSettings {
  /** What it is called in the register, the log and the workbench: its address, unless the configuration names it. */
  readonly name: string;
  /** The address that people write to, and that answers come from. */
  readonly address: string;
  /** Other addresses that end up in this mailbox. */
  readonly aliases: readonly string[];
  /** Whether the server delivers `desk+anything@` to `desk@` (RFC 5233): answers then carry a token in their address. */
  readonly plusAddressing: boolean;
  readonly imap: ServerSettings;
  /** Where answers are handed in; null: this mailbox only receives. */
  readonly smtp: ServerSettings | null;
  /** The folder that is read. */
  readonly folder: string;
  /** Where a mail goes once it was taken in; null: it stays, marked as seen and with the keyword `$Loket`. */
  readonly handledFolder: string | null;
  /** Where a mail goes that could not be taken in. */
  readonly quarantineFolder: string;
  /** The folder in which sent mail is kept and looked up; null: the server's own Sent folder. */
  readonly sentFolder: string | null;
  /**
   * The servers whose Authentication-Results are believed. None: SPF, DKIM and DMARC are checked here.
   */
  readonly trustedHosts: readonly string[];
  /** The server marks mail of the own organisation itself, and takes such marks off what comes from outside (Exchange). */
  readonly trustsInternal: boolean;
}

/** How a server is reached and signed in to. */
export interface ServerSettings {
  readonly host: string;
  readonly port: number;
  /** `tls` from the first byte, `starttls` before anything secret is said, `none` on this machine alone. */
  readonly security: 'tls' | 'starttls' | 'none';
  /** A file with the certificate (PEM) of an authority of the organisation's own. */
  readonly caFile: string | null;
  readonly user: string;
  readonly credential: Credential;
}

export type Credential =
  | { readonly kind: 'password'; readonly password: string }
  | { readonly kind: 'oauth2'; readonly oauth2: OAuth2Settings }
  /** A server that asks nobody who he is: a relay on the own network. */
  | { readonly kind: 'none' };

/** How a token is got. */
export type OAuth2Settings =
  /** Client credentials (RFC 6749, 4.4): Microsoft 365. */
  | {
      readonly grant: 'client-credentials';
      readonly tokenUrl: string;
      readonly clientId: string;
      readonly clientSecret: string;
      readonly scope: string;
    }
  /** A refresh token that an administrator got once (RFC 6749, 6): Google. */
  | {
      readonly grant: 'refresh-token';
      readonly tokenUrl: string;
      readonly clientId: string;
      readonly clientSecret: string;
      readonly refreshToken: string;
    };

/**
 * Gives a token that is still good; it renews it before it expires.
 * @param refused a token that the server did not take: then another one is got
 */
export type TokenOf = (settings: OAuth2Settings, refused?: string) => Promise<string>;

/** What holds for all mailboxes. */
export interface MailLimits {
  /** A larger mail is taken in without its attachments, and its sender is told. In bytes. */
  readonly maxBytes: number;
  /** How many answers one correspondent gets in an hour; what is more waits. */
  readonly answersPerHour: number;
}
