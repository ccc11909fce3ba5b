/** A catalogue of a test's own: the shipped organisation with one of its groups, so that learning it takes no time; and a way to change it. */
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SHIPPED = fileURLToPath(new URL('../../catalogue/', import.meta.url));
const GROUP = 'travel-parking.yaml';

export interface CatalogueFolder {
  /** For LOKET_CATALOGUE. */
  readonly folder: string;
  /** For LOKET_DATA: another machine has another one. */
  readonly dataFolder: string;
  write(file: string, text: string): Promise<void>;
  /** Replaces a text that must be there. */
  change(file: string, from: string, to: string): Promise<void>;
  remove(): Promise<void>;
}

export async function catalogueFolder(): Promise<CatalogueFolder> {
  const root = await mkdtemp(join(tmpdir(), 'loket-catalogue-'));
  const folder = join(root, 'catalogue');
  await mkdir(join(folder, 'groups'), { recursive: true });
  await cp(join(SHIPPED, 'organisation.yaml'), join(folder, 'organisation.yaml'));
  await cp(join(SHIPPED, 'groups', GROUP), join(folder, 'groups', GROUP));
  const write = (file: string, text: string) => writeFile(join(folder, file), text);
  return {
    folder,
    dataFolder: join(root, 'data'),
    write,
    change: async (file, from, to) => {
      const text = await readFile(join(folder, file), 'utf8');
      if (!text.includes(from)) throw new Error(`${file} has no "${from}"`);
      await write(file, text.replace(from, to));
    },
    remove: () => rm(root, { recursive: true, force: true }),
  };
}

/** A group whose one product no other product is like. */
export const NEW_GROUP = `group: garden
name: { nl: Daktuin, en: Roof garden }
products:
  - id: beehive
    team: facilities
    usualKind: fault
    name: { nl: Bijenkast, en: Beehive }
    description: { nl: De bijenkasten in de daktuin., en: The beehives in the roof garden. }
    synonyms: { nl: [bijenkast, bijenvolk, imker], en: [beehive, bees, beekeeper] }
    examples:
      nl:
        fault: [de bijenkast is omgewaaid, er zwermen bijen uit de bijenkast, het deksel van de bijenkast ligt eraf, de bijenkast lekt honing]
        request: [kan de imker langskomen bij de bijenkast, ik wil een bijenkast erbij]
        information: [wie is de imker van de bijenkasten, hoeveel bijen wonen er in de bijenkast]
      en:
        fault: [the beehive fell over, bees are swarming from the beehive]
        request: [can the beekeeper come to the beehive, one more beehive please]
    agreement: { respond: 4h, complete: 2d }
`;
