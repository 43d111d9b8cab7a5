/**
 * What public accounts may do with political news on a day, from the registers of accounts and licences.
 *
 * Provisional Regulations on Public Information Services of Instant Messaging Tools (2014), art. 7: accounts of
 * news units may publish and reprint; others that hold the qualification may reprint; all others may do neither
 * without approval. Later rules ask a licence of news units too, so that without one known nothing is allowed and
 * the gap is told. Art. 9 encourages organs of party and state to keep accounts (S1-15); that such an account may
 * give out what its own organ issues is general knowledge, not read in that text.
 */
import type { AccountClass, Entitlement, EntitlementGap, PublicAccount } from '../domain/public-account.ts';

type Fields = Readonly<Record<string, string>>;

/** Words of a registrant's nature, in the order in which they are asked: a newspaper of an organ is a news unit. */
const CLASSES: readonly (readonly [AccountClass, RegExp])[] = [
  ['news', /新闻|媒体|报社|电视台|广播|通讯社|出版|news|media|press|broadcast/i],
  [
    'official',
    /党|政府|机关|国家|事业单位|人民团体|群团|军队|法院|检察|公安|government|official|party|public institution/i,
  ],
  ['individual', /个人|自然人|个体|individual|personal|natural person/i],
  [
    'organisation',
    /企业|公司|社会组织|社会团体|协会|基金会|民办|商|组织|enterprise|company|organi[sz]ation|association|foundation/i,
  ],
];

/** The class of an account by the nature of its registrant; `unknown` where the list does not tell. */
export function classOf({ registrantNature = '' }: Fields): AccountClass {
  return CLASSES.find(([, words]) => words.test(registrantNature))?.[0] ?? 'unknown';
}

/** What an account of a class may do where no licence says more. */
const DEFAULTS: Record<AccountClass, Entitlement> = {
  news: 'none',
  official: 'own-affairs',
  organisation: 'none',
  individual: 'none',
  unknown: 'none',
};

const PUBLISHES = /采编|采访|编辑发布|自采|original|editing/i;
const REPRINTS = /转载|reprint/i;
const ABOUT_NEWS = /新闻|时政|news/i;
const DAY = 86_400_000;
const SOON_DAYS = 30;
const REVOKED = /注销|吊销|撤销|失效|作废|revoked|cancelled|withdrawn/i;

/** What a licence allows an account of a class; null for a licence about something else. */
function allows(licence: Fields, kind: AccountClass): Entitlement | null {
  const text = `${licence.type ?? ''} ${licence.scope ?? ''}`;
  if (!ABOUT_NEWS.test(text) && !PUBLISHES.test(text) && !REPRINTS.test(text)) return null;
  // A news unit's licence that does not say what it is for is one to publish; anybody else's is one to reprint.
  if (PUBLISHES.test(text)) return 'publish';
  return kind === 'news' && !REPRINTS.test(text) ? 'publish' : 'reprint';
}

const same = (a: string | undefined, b: string | undefined) =>
  a !== undefined && b !== undefined && a.trim() !== '' && a.trim() === b.trim();

/** Whether a licence is the account's: it names the account, else its registrant. */
const belongs = (licence: Fields, account: Fields) =>
  same(licence.accountId, account.accountId) ||
  (licence.account ?? '').split(/[、,，;；]/).some((name) => same(name, account.name)) ||
  (!licence.account && !licence.accountId && same(licence.holder, account.registrant));

/** Licences of account registers, found by what they can be joined by. */
export class Licences {
  private readonly byKey = new Map<string, Fields[]>();

  constructor(licences: Iterable<Fields>) {
    for (const licence of licences) {
      const names = [licence.accountId, licence.holder, ...(licence.account ?? '').split(/[、,，;；]/)];
      for (const name of new Set(names.map((text) => text?.trim() ?? ''))) {
        if (name === '') continue;
        const known = this.byKey.get(name);
        if (known) known.push(licence);
        else this.byKey.set(name, [licence]);
      }
    }
  }

  of(account: Fields): Fields[] {
    const keys = [account.accountId, account.name, account.registrant];
    const found = new Set(keys.flatMap((key) => this.byKey.get(key?.trim() ?? '') ?? []));
    return [...found].filter((licence) => belongs(licence, account));
  }
}

type Judged = Pick<PublicAccount, 'class' | 'entitlement' | 'licence' | 'gaps'>;

/** What an account may do on `day` (`2026-03-01`), and what its register lacks. Days are compared as they are written. */
export function entitlementOf(account: Fields, licences: Licences, day: string): Judged {
  const kind = classOf(account);
  const held = licences.of(account).flatMap((licence) => {
    const allowed = REVOKED.test(licence.status ?? '') ? null : allows(licence, kind);
    return allowed === null ? [] : [{ licence, allowed }];
  });
  const began = held.filter(({ licence }) => !licence.issuedAt || licence.issuedAt.slice(0, 10) <= day);
  const valid = began.filter(({ licence }) => !licence.expiresAt || day <= licence.expiresAt.slice(0, 10));
  const best = valid.find(({ allowed }) => allowed === 'publish') ?? valid[0];
  const gaps: EntitlementGap[] = [];
  if (kind === 'unknown') gaps.push('class-unknown');
  if (!best && began.length > 0) gaps.push('licence-expired');
  else if (!best && kind === 'news') gaps.push('licence-missing');
  const ends = best?.licence.expiresAt;
  if (ends && Date.parse(ends.slice(0, 10)) - Date.parse(day) <= SOON_DAYS * DAY)
    gaps.push('licence-ends-soon');
  if (!account.filingNumber && !/已|备案完成|filed|done|yes/i.test(account.filingStatus ?? ''))
    gaps.push('not-filed');
  if (!account.reviewedAt) gaps.push('review-missing');
  return {
    class: kind,
    entitlement: best?.allowed ?? DEFAULTS[kind],
    licence: best
      ? {
          number: best.licence.number ?? '',
          type: best.licence.type ?? '',
          issuedAt: best.licence.issuedAt ?? '',
          expiresAt: best.licence.expiresAt ?? '',
        }
      : null,
    gaps,
  };
}
