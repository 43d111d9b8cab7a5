/** Tar archives for tests. */

export interface TarPart {
  readonly name: string | Buffer;
  readonly content?: string | Buffer;
  readonly type?: string;
  readonly prefix?: string;
  /** Stated in place of the true one. */
  readonly size?: number;
}

/** Writes a tar by hand, so that it can say what no archiver would. */
export function tarOf(parts: readonly TarPart[]): Buffer {
  const blocks = parts.map(({ name, content = 'content', type = '0', prefix = '', size }) => {
    const data = Buffer.from(content as string);
    const header = Buffer.alloc(512);
    Buffer.from(name as string).copy(header, 0, 0, 100);
    header.write(`${(size ?? data.length).toString(8).padStart(11, '0')} `, 124, 'latin1');
    header.write('0000644\0', 100, 'latin1');
    header.write(type, 156, 'latin1');
    header.write('ustar\x0000', 257, 'latin1');
    header.write(prefix, 345, 'utf8');
    header.write(' '.repeat(8), 148, 'latin1');
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
    return Buffer.concat([header, data, Buffer.alloc((512 - (data.length % 512)) % 512)]);
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}
