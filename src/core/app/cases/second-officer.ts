/** Signing, and the second officer's own unlock beside whoever's session this is. */
import { DocketError } from '../../../contract/errors.ts';
import type { Officer } from '../../domain/workspace.ts';
import { findOfficer, publicKeyOf, signAs } from '../../storage/officers.ts';
import type { Session } from '../session.ts';
import { unlockOfficer, unlockOfficerAside } from '../workspace.ts';

/** The session officer's signature over a text, with the raw public key it was made with. */
export function signed(session: Session, text: string): { signature: Buffer; public_key: Buffer } {
  const { db } = session.workspace.store;
  const { id } = session.officer;
  return {
    signature: signAs(db, id, session.officerKey, Buffer.from(text, 'utf8')),
    public_key: publicKeyOf(db, id),
  };
}

/**
 * A session of another officer, by their own passphrase; events and signatures made in it are theirs.
 * Throws `second-officer-required` for whoever acted first, `not-found`, `not-allowed` for an officer who
 * left, `wrong-key`.
 */
export function sessionOfSecond(session: Session, second: SecondUnlock): Session {
  const officer = secondOfficer(session, second);
  return { ...session, officer, officerKey: unlockOfficer(session, officer.id, second.passphrase) };
}

/** As `sessionOfSecond`, with the passphrase stretched beside the host's thread, which goes on answering. */
export async function sessionOfSecondAside(session: Session, second: SecondUnlock): Promise<Session> {
  const officer = secondOfficer(session, second);
  const officerKey = await unlockOfficerAside(session, officer.id, second.passphrase);
  return { ...session, officer, officerKey };
}

interface SecondUnlock {
  readonly officerId: string;
  readonly passphrase: string;
  /** Who acted first. */
  readonly first: string;
}

function secondOfficer(session: Session, { officerId, first }: SecondUnlock): Officer {
  const { db } = session.workspace.store;
  if (officerId === first) {
    throw new DocketError('second-officer-required', 'nobody approves what they did themselves', officerId);
  }
  const officer = findOfficer(db, officerId);
  if (!officer) throw new DocketError('not-found', 'no such officer', officerId);
  if (!officer.active) throw new DocketError('not-allowed', 'this officer is no longer active', officer.name);
  return officer;
}
