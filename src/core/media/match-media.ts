/**
 * Which file beside an export is which named medium. By the path that the export names, then by MD5 where it
 * states one, then by the bare name where exactly one file has it. Doubt leaves a medium missing.
 */

export interface NamedMedium {
  readonly messageId: number;
  readonly position: number;
  readonly name: string | null;
  readonly reference: string | null;
  readonly md5: string | null;
}

export type Basis = 'path' | 'md5' | 'name';

/** Lower-case path with `/`, without a scheme, drive, leading dots and query. */
export function plainPath(path: string): string {
  let plain = path.replaceAll('\\', '/');
  try {
    plain = decodeURIComponent(plain);
  } catch {
    // A stray percent sign is part of the name.
  }
  return plain
    .replace(/^[a-z][a-z0-9+.-]*:\/\/+/i, '')
    .replace(/^[a-z]:/i, '')
    .replace(/^(?:\.{0,2}\/)+/, '')
    .toLowerCase();
}

const baseName = (path: string) => path.slice(path.lastIndexOf('/') + 1);

/** Finds files by what messages call them. `paths` are relative to the folder, with `/`. */
export class MediaMatcher {
  readonly #byPath = new Map<string, string>();
  readonly #byName = new Map<string, string[]>();
  readonly #byMd5 = new Map<string, string>();

  constructor(paths: readonly string[]) {
    for (const path of paths) {
      const plain = plainPath(path);
      this.#byPath.set(plain, path);
      const name = baseName(plain);
      this.#byName.set(name, [...(this.#byName.get(name) ?? []), path]);
    }
  }

  /** A file's MD5, in lower-case hex, once it is known. */
  knowMd5(path: string, md5: string): void {
    this.#byMd5.set(md5, path);
  }

  find(medium: NamedMedium): { path: string; basis: Basis } | null {
    const byPath = medium.reference === null ? null : this.#path(plainPath(medium.reference));
    if (byPath !== null) return { path: byPath, basis: 'path' };
    const byMd5 = medium.md5 === null ? undefined : this.#byMd5.get(medium.md5.toLowerCase());
    if (byMd5 !== undefined) return { path: byMd5, basis: 'md5' };
    for (const called of [medium.name, medium.reference]) {
      const files = called === null ? undefined : this.#byName.get(baseName(plainPath(called)));
      if (files?.length === 1) return { path: files[0] as string, basis: 'name' };
    }
    return null;
  }

  /** The file at the named path, or at the end of it: exports name folders that were left behind. */
  #path(named: string): string | null {
    for (let rest = named; rest.includes('/'); rest = rest.slice(rest.indexOf('/') + 1)) {
      const found = this.#byPath.get(rest);
      if (found !== undefined) return found;
    }
    return null;
  }
}
