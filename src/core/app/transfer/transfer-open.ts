/** Opening a file that came from another workstation. */
import { createHash } from 'node:crypto';
import { DocketError } from '../../../contract/errors.ts';
import { sha256 } from '../../audit/digest.ts';
import type { TransferPeer } from '../../domain/transfer.ts';
import { isContainer, type OpenTransfer, openContainer } from '../../transfer/container.ts';
import { EnvelopeError, MAX_PAYLOAD, openTransfer } from '../../transfer/envelope.ts';
import { Payload } from '../../transfer/payload.ts';
import type { PartReader } from '../../transfer/records.ts';
import type { CaseDesk } from '../cases/case-desk.ts';
import { openFile } from '../imports/origin.ts';
import { breathe } from '../jobs.ts';

export interface Opened {
  readonly payload: Payload;
  readonly peer: TransferPeer;
  readonly sha256: string;
  /** Bytes that travel beside the payload. Throws `EnvelopeError` where they are not inside the file. */
  readonly part: PartReader;
  close(): void;
}

/** A file of version 1 is read at once, a later one as it is asked for. */
async function openFileOf(file: string, passphrase: string): Promise<Omit<OpenTransfer, 'publicKey'>> {
  const opened = openFile(file);
  try {
    if (isContainer(Buffer.from(opened.read(0, 64)))) return await openContainer(file, passphrase);
    if (opened.size > MAX_PAYLOAD) throw new EnvelopeError('too-large');
    const none = (): never => {
      throw new EnvelopeError('malformed');
    };
    const bytes = Buffer.from(opened.read(0, opened.size));
    return { ...(await openTransfer(bytes, passphrase)), part: none, close: () => undefined };
  } finally {
    opened.close();
  }
}

async function digestOf(file: string): Promise<string> {
  const source = openFile(file);
  try {
    const hash = createHash('sha256');
    for (let at = 0; at < source.size; at += STEP) {
      hash.update(source.read(at, STEP));
      await breathe();
    }
    return hash.digest('hex');
  } finally {
    source.close();
  }
}

/** Bytes of a file that are hashed between two turns of others. */
const STEP = 4 * 1024 * 1024;

/** Opens a transfer. Throws as `lookAtTransfer`. */
export async function openedTransfer(desk: CaseDesk, file: string, passphrase: string): Promise<Opened> {
  let opened: Awaited<ReturnType<typeof openFileOf>> | null = null;
  try {
    opened = await openFileOf(file, passphrase);
    const { payload: text, fingerprint, part, close } = opened;
    const parsed = Payload.safeParse(JSON.parse(text));
    if (!parsed.success) throw new EnvelopeError('malformed');
    const payload = parsed.data;
    const sender = payload.officers.find(({ id }) => id === payload.from.officer);
    if (!sender || sha256(Buffer.from(sender.publicKey, 'base64')) !== fingerprint) {
      throw new EnvelopeError('signature-invalid');
    }
    if (payload.from.workspaceId === desk.session.workspace.keyFile.workspaceId) {
      throw new DocketError('conflict', 'this file was sent from here', file);
    }
    const { workspaceId, prefix } = payload.from;
    const { recipient, purpose } = payload;
    return {
      payload,
      peer: { workspaceId, prefix, officer: sender.name, fingerprint, recipient, purpose },
      sha256: await digestOf(file),
      part,
      close,
    };
  } catch (error) {
    opened?.close();
    throw asFailure(error, file);
  }
}

/** An error as the caller is told of it. */
export function asFailure(error: unknown, file: string): unknown {
  if (error instanceof EnvelopeError) return new DocketError('transfer-invalid', error.code, file);
  if (error instanceof SyntaxError) return new DocketError('transfer-invalid', 'malformed', file);
  return error;
}
