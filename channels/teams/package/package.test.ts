import { inflateRawSync, inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COMMANDS, TABS, tabLink } from '../names.ts';
import { colourIcon, outlineIcon } from './icons.ts';
import { buildLocalisation, buildManifest, LANGUAGE_FILES, type PackageInput } from './manifest.ts';
import { PackageRefused, teamsPackage } from './package.ts';
import { whyNot } from './refuse.ts';
import { whyNotLocalisation, whyNotManifest } from './schema.ts';
import { PACKAGE_TEXTS } from './texts.ts';

const APP = '8c2b7a5e-0f4d-4e0a-9a51-3b1c2d3e4f50';
const URL_HERE = 'https://desk.example.org';
const INPUT: PackageInput = {
  appId: APP,
  publicUrl: URL_HERE,
  organisation: 'Gemeente Waterrijk',
  name: PACKAGE_TEXTS.nl.name,
  developer: 'Gemeente Waterrijk',
  version: '1.0.0',
  privacyUrl: `${URL_HERE}/privacy`,
  termsUrl: `${URL_HERE}/`,
};

describe('the manifest', () => {
  it('is what the published schema wants, in both languages, whatever the organisation is called', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1, maxLength: 200, unit: 'grapheme' }), async (organisation) => {
        const input = { ...INPUT, organisation };
        expect(await whyNotManifest(buildManifest(input, URL_HERE))).toEqual([]);
        for (const language of LANGUAGE_FILES) expect(await whyNotLocalisation(buildLocalisation(input, language))).toEqual([]);
      }),
      { numRuns: 10 },
    );
  }, 60_000);

  it('is caught by the schema when it is not', async () => {
    const manifest = buildManifest({ ...INPUT, appId: 'loket', name: 'x'.repeat(31) }, URL_HERE);
    expect((await whyNotManifest(manifest)).join('\n')).toMatch(/\/id must match pattern[\s\S]*\/name\/short must NOT have more than 30/);
    const english = buildLocalisation(INPUT, 'en');
    expect(await whyNotLocalisation({ ...english, 'staticTabs[99].name': 'x' })).toHaveLength(1);
    expect(await whyNotLocalisation({ ...english, 'composeExtensions[0].commands[0].title': 'x'.repeat(33) })).toHaveLength(1);
  });

  it('is for this host and this app', () => {
    const manifest = buildManifest({ ...INPUT, publicUrl: 'https://desk.example.org:8443' }, 'https://desk.example.org:8443');
    expect(manifest.id).toBe(APP);
    expect(manifest.bots).toMatchObject([{ botId: APP, scopes: ['personal', 'team', 'groupChat'], supportsFiles: true }]);
    expect(manifest.validDomains).toEqual(['desk.example.org:8443']);
    expect(manifest.webApplicationInfo).toEqual({ id: APP, resource: `api://desk.example.org:8443/botid-${APP}` });
    expect(manifest.staticTabs?.filter((tab) => tab.contentUrl)).toEqual([
      expect.objectContaining({ entityId: TABS.my, contentUrl: 'https://desk.example.org:8443/tabs/my' }),
      expect.objectContaining({ entityId: TABS.workbench, contentUrl: 'https://desk.example.org:8443/tabs/workbench/' }),
    ]);
    const [extension] = manifest.composeExtensions ?? [];
    expect(extension?.commands?.map(({ id, type }) => [id, type])).toEqual([
      [COMMANDS.register, 'action'],
      [COMMANDS.search, 'query'],
    ]);
    expect(extension?.messageHandlers).toEqual([{ type: 'link', value: { domains: ['desk.example.org:8443'] } }]);
  });

  it('has the same texts in each language, in the same places', () => {
    const [nl, en] = (['nl', 'en'] as const).map((language) => buildLocalisation(INPUT, language));
    expect(Object.keys(nl ?? {})).toEqual(Object.keys(en ?? {}));
    const manifest = buildManifest(INPUT, URL_HERE);
    expect(nl?.['name.short']).toBe(manifest.name.short);
    expect(nl?.['staticTabs[0].name']).toBe(manifest.staticTabs?.[0]?.name);
    expect(en?.['staticTabs[0].name']).toBe('My cases');
    const chosen = { ...INPUT, name: 'Vraag het Waterrijk' };
    expect(buildLocalisation(chosen, 'en')['name.short']).toBe('Vraag het Waterrijk');
  });
});

describe('what Teams would refuse is refused, and said how to mend', () => {
  it.each<[string, Partial<PackageInput>, RegExp]>([
    ['no address', { publicUrl: null }, /LOKET_PUBLIC_URL is not set/],
    ['http', { publicUrl: 'http://desk.example.org' }, /over https alone; put a proxy/],
    ['localhost', { publicUrl: 'https://localhost' }, /your own machine or network alone/],
    ['a name below localhost', { publicUrl: 'https://desk.localhost:3978' }, /your own machine or network alone/],
    ['an IPv4 address', { publicUrl: 'https://192.0.2.10' }, /not an IP address/],
    ['an IPv4 address as one number', { publicUrl: 'https://3221225994' }, /not an IP address/],
    ['an IPv6 address', { publicUrl: 'https://[2001:db8::1]' }, /not an IP address/],
    ['a name of the own network', { publicUrl: 'https://desk.internal' }, /your own machine or network alone/],
    ['a name without a domain', { publicUrl: 'https://desk' }, /no domain/],
    ['a name with an underscore', { publicUrl: 'https://my_desk.example.org' }, /not a host name/],
    ['a path', { publicUrl: 'https://desk.example.org/loket' }, /take the path away/],
    ['a password in it', { publicUrl: 'https://me:secret@desk.example.org' }, /name or password/],
    ['Microsoft’s domain', { publicUrl: 'https://desk.azurewebsites.net' }, /a domain of your own/],
    ['a long name', { name: 'De allerbeste servicedesk van ons' }, /33 characters, and Teams takes 30; .*--name/],
    ['no name', { name: ' ' }, /the name is empty/],
    ['a long organisation', { developer: 'Veiligheids- en gezondheidsregio Oost' }, /Teams takes 32; .*--developer/],
    ['a version of two numbers', { version: '1.0' }, /three numbers/],
    ['a version with a nought before it', { version: '1.02.0' }, /three numbers/],
    ['a statement over http', { privacyUrl: 'http://example.org' }, /--privacy must be an address/],
    ['terms that are no address', { termsUrl: 'see intranet' }, /--terms must be an address/],
  ])('%s', async (_, part, line) => {
    const problems = whyNot({ ...INPUT, ...part });
    expect(problems.join('\n')).toMatch(line);
    await expect(teamsPackage({ ...INPUT, ...part })).rejects.toThrow(PackageRefused);
  });

  it('an app id that is none, by the schema', async () => {
    await expect(teamsPackage({ ...INPUT, appId: 'loket' })).rejects.toThrow(/manifest\.json: .*id must match pattern/);
  });

  it('says all at once', () => {
    expect(whyNot({ ...INPUT, publicUrl: 'http://127.0.0.1', name: '', version: 'one' })).toHaveLength(4);
  });

  it('takes public names, also with other letters than ASCII', () => {
    for (const publicUrl of ['https://desk.example.org', 'https://bürgeramt.example', 'https://a-b.c1.example.org:8443'])
      expect(whyNot({ ...INPUT, publicUrl })).toEqual([]);
  });
});

describe('the zip', () => {
  it('holds the manifest, both languages and both icons at its top, the same bytes each time', async () => {
    const zip = await teamsPackage(INPUT);
    const files = unzip(zip);
    expect([...files.keys()]).toEqual(['manifest.json', 'nl.json', 'en.json', 'color.png', 'outline.png']);
    expect(JSON.parse(String(files.get('manifest.json')))).toEqual(buildManifest(INPUT, URL_HERE));
    expect(await teamsPackage(INPUT)).toEqual(zip);
  });
});

describe('the icons', () => {
  it('are PNGs of 192 and 32 pixels; the colour one without a hole, the outline one white on nothing', () => {
    const colour = pixels(colourIcon());
    expect(colour).toMatchObject({ width: 192, height: 192 });
    expect(colour.all.every(([, , , opacity]) => opacity === 255)).toBe(true);
    expect(new Set(colour.all.slice(0, 192).map(String))).toEqual(new Set(['11,90,107,255']));
    const outline = pixels(outlineIcon());
    expect(outline).toMatchObject({ width: 32, height: 32 });
    expect(outline.all.every(([red, green, blue]) => red === 255 && green === 255 && blue === 255)).toBe(true);
    const seen = outline.all.filter(([, , , opacity]) => opacity > 128).length;
    expect(seen).toBeGreaterThan(100);
    expect(seen).toBeLessThan(500);
  });
});

describe('a deep link', () => {
  it('names app, tab and what the tab opens', () => {
    const link = new URL(tabLink(APP, 'workbench', 'case/a b&c'));
    expect(link.pathname).toBe(`/l/entity/${APP}/workbench`);
    expect(JSON.parse(link.searchParams.get('context') ?? '')).toEqual({ subEntityId: 'case/a b&c' });
    expect(tabLink(APP, 'my')).toBe(`https://teams.microsoft.com/l/entity/${APP}/my`);
  });
});

/** The entries of a zip by its central directory (APPNOTE 6.3.10, 4.3.12). */
function unzip(zip: Buffer): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  let at = zip.readUInt32LE(end + 16);
  for (let n = zip.readUInt16LE(end + 10); n > 0; n--) {
    const [packed, nameLength, extra, comment, start] = [
      zip.readUInt32LE(at + 20),
      zip.readUInt16LE(at + 28),
      zip.readUInt16LE(at + 30),
      zip.readUInt16LE(at + 32),
      zip.readUInt32LE(at + 42),
    ];
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength);
    const from = start + 30 + zip.readUInt16LE(start + 26) + zip.readUInt16LE(start + 28);
    const body = zip.subarray(from, from + packed);
    files.set(name, zip.readUInt16LE(at + 10) === 8 ? inflateRawSync(body) : body);
    at += 46 + nameLength + extra + comment;
  }
  return files;
}

function pixels(png: Buffer): { width: number; height: number; all: [number, number, number, number][] } {
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const length = png.readUInt32BE(33);
  expect(png.toString('latin1', 37, 41)).toBe('IDAT');
  const rows = inflateSync(png.subarray(41, 41 + length));
  const all: [number, number, number, number][] = [];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at = y * (width * 4 + 1) + 1 + x * 4;
      all.push([rows.readUInt8(at), rows.readUInt8(at + 1), rows.readUInt8(at + 2), rows.readUInt8(at + 3)]);
    }
  return { width, height, all };
}
