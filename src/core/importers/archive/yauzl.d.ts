// The part of yauzl 3 that Docket uses; the package carries no types.
declare module 'yauzl' {
  import type { EventEmitter } from 'node:events';
  import type { Readable } from 'node:stream';

  export interface Entry {
    fileName: string;
    fileNameRaw: Buffer;
    generalPurposeBitFlag: number;
    compressionMethod: number;
    crc32: number;
    compressedSize: number;
    uncompressedSize: number;
    externalFileAttributes: number;
    versionMadeBy: number;
    relativeOffsetOfLocalHeader: number;
    extraFields: readonly { readonly id: number; readonly data: Buffer }[];
  }
  export interface ZipFile {
    entryCount: number;
    eachEntry(): AsyncIterable<Entry>;
    openReadStreamPromise(entry: Entry): Promise<Readable>;
    close(): void;
  }
  interface Options {
    lazyEntries?: true;
    decodeStrings?: boolean;
    validateEntrySizes?: boolean;
    autoClose?: boolean;
  }
  class RandomAccessReader extends EventEmitter {
    read(
      buffer: Buffer,
      offset: number,
      length: number,
      position: number,
      callback: (error: Error | null, bytes?: number) => void,
    ): void;
    close(callback: () => void): void;
    _readStreamForRange(start: number, end: number): Readable;
  }
  const yauzl: {
    RandomAccessReader: typeof RandomAccessReader;
    openPromise(path: string, options: Options): Promise<ZipFile>;
    fromRandomAccessReaderPromise(
      reader: RandomAccessReader,
      size: number,
      options: Options,
    ): Promise<ZipFile>;
  };
  export default yauzl;
}
