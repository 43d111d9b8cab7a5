/* A whole pack: its bag read once, every file hashed, everything that can be checked. */

function manifestOf(bytes) {
  const text = latin1(bytes);
  const entries = new Map();
  for (const line of text.split('\n').slice(0, -1)) {
    const match = /^([0-9a-f]{64}) {2}([A-Za-z0-9._/-]+)$/.exec(line);
    if (!match || entries.has(match[2])) return null;
    entries.set(match[2], match[1]);
  }
  const again = [...entries.keys()].sort().map((path) => `${entries.get(path)}  ${path}\n`);
  return again.join('') === text ? entries : null;
}

function bagInfoOf(bytes) {
  const fields = new Map();
  for (const line of new TextDecoder().decode(bytes).split('\n')) {
    if (line === '') continue;
    const match = /^([^\s:][^:]*):[ \t]*(.*)$/.exec(line);
    if (!match || fields.has(match[1].toLowerCase())) return null;
    fields.set(match[1].toLowerCase(), match[2]);
  }
  return fields;
}

class Bag {
  constructor(store, report) {
    Object.assign(this, { store, report, digests: new Map(), sizes: new Map(), paths: [] });
    const names = store.names();
    const declared = names.find((name) => /^[^/]+\/bagit\.txt$/.test(name));
    this.folder = (declared ?? names[0] ?? '').split('/')[0];
    for (const name of names) {
      if (name.startsWith(`${this.folder}/`)) this.paths.push(name.slice(this.folder.length + 1));
      else report.fail('manifest', name, 'outside-the-bag');
    }
  }

  /** Reads a file, hashing it, in chunks into `sink`. False, and named, where it cannot be read. */
  async read(path, check, sink) {
    if (!this.paths.includes(path)) {
      this.report.fail(check, path, 'missing');
      return false;
    }
    const digest = new Sha256();
    let size = 0;
    try {
      for await (const chunk of this.store.chunks(`${this.folder}/${path}`)) {
        digest.update(chunk);
        size += chunk.length;
        sink?.(chunk);
      }
    } catch (error) {
      if (!(error instanceof Damaged)) throw error;
      this.report.fail(check, path, error.message);
      return false;
    }
    this.digests.set(path, hex(digest.digest()));
    this.sizes.set(path, size);
    return true;
  }

  async whole(path, check) {
    const chunks = [];
    let size = 0;
    const keep = (chunk) => {
      size += chunk.length;
      if (size <= MAX_DOCUMENT) chunks.push(chunk);
    };
    if (!(await this.read(path, check, keep))) return null;
    if (size <= MAX_DOCUMENT) return joined(...chunks);
    this.report.fail(check, path, 'too-large');
    return null;
  }

  async document(path, check) {
    const bytes = await this.whole(path, check);
    if (bytes === null) return null;
    try {
      const value = JSON.parse(strictText(bytes));
      if (value.format === FORMAT) return value;
    } catch {
      // Named below, like another format.
    }
    this.report.fail(check, path, 'malformed');
    return null;
  }

  /** Gives each line to `take(text, number)`; names what is no UTF-8 or not ended. */
  async lines(path, check, take) {
    let rest = new Uint8Array();
    let number = 0;
    const emit = (bytes) => {
      number++;
      let text;
      try {
        text = strictText(bytes);
      } catch {
        this.report.fail(check, path, 'not-utf-8', `line ${number}`);
        return;
      }
      take(text, number);
    };
    const done = await this.read(path, check, (chunk) => {
      let from = 0;
      for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, from)) {
        emit(rest.length === 0 ? chunk.subarray(from, at) : joined(rest, chunk.subarray(from, at)));
        rest = new Uint8Array();
        from = at + 1;
      }
      if (from < chunk.length) rest = joined(rest, chunk.subarray(from));
    });
    if (rest.length > 0) {
      emit(rest);
      this.report.fail(check, path, 'line-not-ended', 'last line');
    }
    return done;
  }
}

async function checkSignature(bag, report, tagManifest, wanted) {
  const pem = await bag.whole('data/public-key.pem', 'key');
  const signature = await bag.whole('signature.bin', 'signature');
  const summary = await bag.whole('signature.json', 'signature');
  const request = await bag.whole('root.tsq', 'signature');
  if (tagManifest && signature && request) {
    const nonce = sha256(joined(utf8('docket-timestamp-nonce'), signature)).subarray(0, 8);
    nonce[0] = (nonce[0] & 0x3f) | 0x40;
    const expected = `30430201013031300d060960864801650304020105000420${sha256hex(tagManifest)}0208${hex(nonce)}0101ff`;
    if (hex(request) !== expected) report.fail('signature', 'root.tsq', 'changed');
  }
  if (pem === null) return null;
  let raw;
  try {
    raw = rawKey(latin1(pem));
  } catch {
    report.fail('key', 'data/public-key.pem', 'not-an-ed25519-key');
    return null;
  }
  const fingerprint = sha256hex(raw);
  if (tagManifest && signature && summary) {
    if (!ed25519(raw, tagManifest, signature)) report.fail('signature', 'signature.bin', 'signature-invalid');
    const facts = {
      algorithm: 'Ed25519',
      description: {
        en: 'Signature over the bytes of tagmanifest-sha256.txt. The root is the SHA-256 of that file, the fingerprint the SHA-256 of the raw public key.',
        zh: '对 tagmanifest-sha256.txt 全部字节的签名。root 为该文件的 SHA-256，fingerprint 为公钥原始字节的 SHA-256。',
      },
      fingerprint,
      format: FORMAT,
      publicKey: toBase64(raw),
      root: sha256hex(tagManifest),
      signature: toBase64(signature),
      signed: 'tagmanifest-sha256.txt',
    };
    if (hex(summary) !== hex(utf8(`${canonical(facts)}\n`)))
      report.fail('signature', 'signature.json', 'changed');
    report.done('signature', `Ed25519 over root ${facts.root}`);
  }
  if (wanted && wanted.toLowerCase().replace(/[\s:]/g, '') !== fingerprint) {
    report.fail('key', 'data/public-key.pem', `fingerprint-differs: the key in the pack is ${fingerprint}`);
  }
  report.done('key', `${wanted ? 'anchored' : 'not anchored'}: ${fingerprint}`);
  return fingerprint;
}

async function checkTags(bag, report) {
  const declaration = await bag.whole('bagit.txt', 'declaration');
  if (declaration && latin1(declaration) !== DECLARATION) report.fail('declaration', 'bagit.txt', 'changed');
  report.done('declaration', 'BagIt 1.0');
  const parsed = async (path, check, parse) => {
    const bytes = await bag.whole(path, check);
    const value = bytes && parse(bytes);
    if (bytes && !value) report.fail(check, path, 'malformed');
    return [bytes, value];
  };
  const [, info] = await parsed('bag-info.txt', 'bag-info', bagInfoOf);
  const [, manifest] = await parsed('manifest-sha256.txt', 'manifest', manifestOf);
  const [tagManifest, tags] = await parsed('tagmanifest-sha256.txt', 'tag-manifest', manifestOf);
  if (tags) {
    for (const path of TAG_FILES) {
      if (!tags.has(path)) report.fail('tag-manifest', path, 'not-listed');
      else if (tags.get(path) !== bag.digests.get(path)) report.fail('tag-manifest', path, 'changed');
      tags.delete(path);
    }
    for (const path of tags.keys()) report.fail('tag-manifest', path, 'listed-needlessly');
    report.done('tag-manifest', `${TAG_FILES.length} files`);
  }
  return { info, manifest, tagManifest };
}

async function checkManifest(bag, report, manifest) {
  const payload = bag.paths.filter((path) => !TOP_FILES.includes(path));
  for (const path of payload) if (!bag.digests.has(path)) await bag.read(path, 'manifest');
  for (const path of PAYLOAD_FILES) {
    if (!bag.paths.includes(path) && !manifest?.has(path)) report.fail('manifest', path, 'missing');
  }
  if (!manifest) return;
  const added = payload.filter((path) => !manifest.has(path));
  for (const [path, stated] of manifest) {
    if (!path.startsWith('data/')) report.fail('manifest', path, 'not-payload');
    if (bag.digests.get(path) === stated) continue;
    const moved = added.find((other) => bag.digests.get(other) === stated);
    const reason = bag.paths.includes(path) ? 'changed' : moved ? `renamed: now ${moved}` : 'missing';
    report.fail('manifest', path, reason);
  }
  for (const path of added) report.fail('manifest', path, 'not-listed');
  report.done('manifest', `${manifest.size} files`);
}

function checkBagInfo(bag, report, info, fingerprint, cases, messages) {
  const fail = (label, value) =>
    report.fail(
      'bag-info',
      'bag-info.txt',
      `differs: ${info.get(label.toLowerCase()) ?? 'nothing'} stated, ${value} found`,
      label,
    );
  const sizes = [...bag.sizes].filter(([path]) => !TOP_FILES.includes(path)).map(([, size]) => size);
  const { auditHead } = cases.workspace;
  const facts = {
    'Payload-Oxum': `${sizes.reduce((sum, size) => sum + size, 0)}.${sizes.length}`,
    'External-Identifier': cases.pack.id,
    'Docket-Format': FORMAT,
    'Docket-Case': cases.case.number,
    'Docket-Audit-Head': `${auditHead.sequence} ${auditHead.hash}`,
    'Docket-Exhibits': String(cases.exhibits.length),
    'Docket-Messages': String(messages),
  };
  for (const [label, value] of Object.entries(facts))
    if (info.get(label.toLowerCase()) !== value) fail(label, value);
  if (bag.folder !== `docket-${cases.case.number}-${cases.pack.id}`.replace(/[^A-Za-z0-9._-]/g, '_')) {
    report.fail('bag-info', bag.folder, 'folder-renamed');
  }
  if (fingerprint) {
    if (info.get('docket-key-fingerprint') !== fingerprint) {
      report.fail('key', 'bag-info.txt', 'fingerprint-differs', 'Docket-Key-Fingerprint');
    }
    if (cases.pack.officer.fingerprint !== fingerprint) {
      report.fail('key', 'data/case.json', 'fingerprint-differs', 'officer');
    }
  }
  report.done('bag-info', `${info.size} fields`);
}

async function checkPages(bag, report, pack, rows) {
  if (!bag.paths.includes(PAGES)) {
    for (const path of bag.paths) {
      if (path === FILING || isVolume(path)) report.fail('pages', path, 'pages-missing');
    }
    report.done('pages', 'none');
    return;
  }
  const pages = new Pages(report, pack);
  const whole = await bag.lines(PAGES, 'pages', (text, number) => pages.add(text, number));
  if (whole && rows) pages.finish(rows.count, bag.paths);
}

/** Runs a check over documents from anybody: what does not have the shape it should is named, not thrown. */
async function guarded(report, check, file, work) {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Damaged) throw error;
    report.fail(check, file, 'malformed');
    return undefined;
  }
}

/** Verifies a pack. `file` gives `size` and `read(from, to)`; `wanted` is a fingerprint or null. */
async function verifyPack(file, name, wanted, given = []) {
  const report = new Report();
  try {
    const archive = await Archive.open(file, name, report);
    report.done('container', archive.detail());
    const bag = new Bag(archive, report);
    const { info, manifest, tagManifest } = await checkTags(bag, report);
    const fingerprint = await checkSignature(bag, report, tagManifest, wanted);
    const cases = await bag.document('data/case.json', 'exhibits');
    const sources = await bag.document('data/sources.json', 'sources');
    const certificate = await bag.document('data/completeness.json', 'completeness');
    const decisions = await bag.document('data/decisions.json', 'decisions');
    await bag.document('data/duties.json', 'manifest');
    await bag.document('data/proceedings.json', 'manifest');
    const listed = await bag.document(MEDIA, 'attachments');
    const stated = bag.paths.includes(ORIGINALS) ? await bag.document(ORIGINALS, 'originals') : null;
    const custody = await bag.document('data/custody.json', 'custody');
    const proofs = await bag.document('data/proofs.json', 'proofs');
    const within = (check, path, work) => guarded(report, check, path, work);
    if (decisions) await within('decisions', 'data/decisions.json', () => checkDecisions(decisions, report));
    if (sources) await within('sources', 'data/sources.json', () => checkLedgers(sources, report));
    if (custody && cases)
      await within('custody', 'data/custody.json', () => checkCustody(custody, cases, report));
    let rows = null;
    let copies = null;
    let originals = null;
    const media = listed && (await within('attachments', MEDIA, () => new Media(report, listed)));
    if (cases) {
      const audit = await within('audit', 'data/audit.json', async () => {
        const log = new Audit(report, cases.workspace.auditHead);
        await bag.lines('data/audit.json', 'audit', (text) => log.add(text));
        log.finish();
        return log;
      });
      if (sources && certificate && proofs && media && audit) {
        await within('messages', 'data/messages.ndjson', async () => {
          const found = new Rows(report, cases, sources, certificate, proofs, media);
          const same = new Copies(report, bag, sources);
          const files = await within('originals', ORIGINALS, () => new Originals(report, stated, sources));
          const whole = await bag.lines('data/messages.ndjson', 'messages', (text, number) => {
            const row = found.add(text, `line ${number}`);
            same.add(text, row);
            files?.add(row);
          });
          if (!whole) return;
          found.finish(audit.roots);
          rows = found;
          copies = same;
          originals = files;
        });
      }
    }
    if (cases) await within('pages', PAGES, () => checkPages(bag, report, cases.pack.id, rows));
    if (copies) await within('copies', VIEWER, () => copies.check(media));
    if (originals) {
      await within('originals', ORIGINALS, () => originals.finish());
      await within('originals', ORIGINALS, () => originals.files(bag));
      for (const one of given) await within('originals', ORIGINALS, () => originals.compare(one));
    }
    await checkManifest(bag, report, manifest);
    if (media) await within('attachments', MEDIA, () => media.files(bag));
    if (info && cases && rows) {
      await within('bag-info', 'data/case.json', () =>
        checkBagInfo(bag, report, info, fingerprint, cases, rows.seen.size),
      );
    }
  } catch (error) {
    report.fail(
      'container',
      name,
      error instanceof Damaged ? error.message : `cannot-be-read: ${error.message}`,
    );
  }
  return report.result();
}
