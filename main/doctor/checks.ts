import { address } from './address.ts';
import { database } from './database.ts';
import type { Check } from './finding.ts';
import { files, llm, scanner } from './helpers.ts';
import { catalogue, machine } from './machine.ts';
import { mail } from './mail.ts';
import { openid } from './openid.ts';
import { redis } from './redis.ts';
import { teams } from './teams.ts';

/** What the doctor tests, in the order in which it is told. A new part adds its check here. */
export const CHECKS: readonly Check[] = [machine, catalogue, database, redis, files, scanner, llm, address, mail, teams, openid];
