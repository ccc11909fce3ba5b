import { randomBytes } from 'node:crypto';
import type { Database } from './database.ts';

const LENGTH = 32;

/** Keys that all processes of a desk share: made by whoever needs one first. */
export class Keys {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** The key of this name: 256 random bits, the same for everybody from its first use on. */
  async get(name: string): Promise<Buffer> {
    const find = () => this.#db.selectFrom('keys').select('secret').where('name', '=', name).executeTakeFirst();
    const known = await find();
    if (known) return known.secret;
    await this.#db
      .insertInto('keys')
      .values({ name, secret: randomBytes(LENGTH) })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const made = await find();
    if (!made) throw new Error(`the key "${name}" is not there after it was made`);
    return made.secret;
  }
}
