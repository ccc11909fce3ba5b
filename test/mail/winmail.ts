/** A `winmail.dat` with one file in it (MS-OXTNEF). */
export function winmail(name: string, content: Buffer): Buffer {
  const head = Buffer.alloc(6);
  head.writeUInt32LE(0x223e9f78, 0);
  head.writeUInt16LE(1, 4);
  return Buffer.concat([
    head,
    attribute(2, 0x0006, 0x9002, Buffer.alloc(14)),
    attribute(2, 0x0001, 0x8010, Buffer.from(`${name}\0`, 'latin1')),
    attribute(2, 0x0006, 0x800f, content),
  ]);
}

function attribute(level: number, type: number, id: number, data: Buffer): Buffer {
  const head = Buffer.alloc(9);
  head.writeUInt8(level, 0);
  head.writeUInt16LE(id, 1);
  head.writeUInt16LE(type, 3);
  head.writeUInt32LE(data.length, 5);
  const sum = Buffer.alloc(2);
  sum.writeUInt16LE(
    data.reduce((total, byte) => (total + byte) & 0xffff, 0),
    0,
  );
  return Buffer.concat([head, data, sum]);
}
