import { type EmbeddedServer, findEmbedded, openRegister, type Register, startEmbedded } from '../register/index.ts';
import type { Config } from './config.ts';

/**
 * Opens the register for a command beside `start`: the running server when there is one, else the embedded one for as long as the command
 * takes.
 */
export async function withRegister<Result>(
  config: Config,
  work: (register: Register, running: boolean) => Promise<Result>,
): Promise<Result> {
  const { database } = config;
  if (database.kind === 'server') return using(await openRegister(database, { connections: 2 }), (register) => work(register, true));
  const running = await findEmbedded({ folder: config.dataFolder });
  if (running) return using(await openRegister(running, { connections: 2 }), (register) => work(register, true));
  const server: EmbeddedServer = await startEmbedded({ folder: config.dataFolder });
  try {
    return await using(await openRegister(server, { connections: 2 }), (register) => work(register, false));
  } finally {
    await server.stop();
  }
}

async function using<Result>(register: Register, work: (register: Register) => Promise<Result>): Promise<Result> {
  try {
    return await work(register);
  } finally {
    await register.close();
  }
}
