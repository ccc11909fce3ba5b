import type { ServerSettings, TokenOf } from './settings.ts';
import { openSmtp } from './smtp.ts';

/**
 * Signs in where answers are handed in, and sends nothing.
 * @returns what was found, in plain words
 * @throws Error with what to mend
 */
export async function checkSmtp(settings: ServerSettings, tokens: TokenOf): Promise<string> {
  const at = `${settings.host}:${settings.port}`;
  const connection = openSmtp(settings, tokens);
  try {
    await connection.verify();
    return `${at} takes mail from ${settings.user}`;
  } catch (error) {
    throw new Error(`${at}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  } finally {
    connection.close();
  }
}
