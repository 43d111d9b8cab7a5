import type { Authority, AuthorityInput } from '../../domain/workspace.ts';
import { all, type Database } from '../database.ts';
import { insertRow, type Store } from '../rows.ts';

interface AuthorityRow {
  id: string;
  authorised_by: string;
  purpose: string;
  scope: string;
  basis: string;
  expires_at: number | null;
  device: string | null;
  holder: string | null;
  tool: string | null;
  acquired_at: string | null;
  created_at: number;
  officer_name: string;
}

export function listAuthorities(db: Database): Authority[] {
  return all<AuthorityRow>(
    db,
    `SELECT a.*, o.name AS officer_name FROM authorities a JOIN officers o ON o.id = a.officer_id ORDER BY a.id DESC`,
  ).map((row) => ({
    id: row.id,
    authorisedBy: row.authorised_by,
    purpose: row.purpose,
    scope: row.scope,
    basis: row.basis,
    expiresAt: row.expires_at,
    device: row.device,
    holder: row.holder,
    tool: row.tool,
    acquiredAt: row.acquired_at,
    createdAt: row.created_at,
    officer: row.officer_name,
  }));
}

/** Stores an authority record. Call inside a transaction. */
export function insertAuthority(
  store: Store,
  input: AuthorityInput & { id: string; createdAt: number; officerId: string },
): Authority {
  insertRow(store, 'authorities', {
    id: input.id,
    authorised_by: input.authorisedBy,
    purpose: input.purpose,
    scope: input.scope,
    basis: input.basis,
    expires_at: input.expiresAt ?? null,
    device: input.device ?? null,
    holder: input.holder ?? null,
    tool: input.tool ?? null,
    acquired_at: input.acquiredAt ?? null,
    created_at: input.createdAt,
    officer_id: input.officerId,
  });
  return listAuthorities(store.db).find(({ id }) => id === input.id) as Authority;
}
