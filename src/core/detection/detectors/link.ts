/**
 * Web addresses: with a scheme (http, https, and hxxp as it is written to evade filters), or bare
 * host names under a known top-level domain. 点 and 。 between Latin letters are read as dots.
 */
import { FEATURE } from '../features.ts';
import type { Detector, DetectorText, Finding } from '../finding.ts';
import { finding } from './context.ts';

/** Top-level domains seen in Chinese chat; a bare word under any other is more likely no address. */
const TOP_LEVEL = new Set(
  'com cn net org gov edu top xyz vip cc info biz io me co cm tv club shop store site online app icu live fun link pro ltd work group wang win bid loan men ren asia mobi hk tw us uk jp kr ru la sg my eu de fr ly gl gd nu to im so pw ws in id vn th ph ai dev cloud space website tech wiki red ink zone'.split(
    ' ',
  ),
);
const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const DOT = '(?:\\.|。|点(?=[a-z]))';
const SHAPE = new RegExp(
  `(?:\\b(h(?:tt|xx|\\*\\*)ps?)\\s?[:：]\\s?//\\s?(?:[^\\s/@]{1,60}@)?(${LABEL}(?:${DOT}${LABEL}){1,8})|(?<![a-z0-9@._-])(${LABEL}(?:${DOT}${LABEL}){1,8}))(?::\\d{2,5})?(/[a-z0-9\\-._~%!$&*+=:@/?#]{0,2000})?`,
  'gi',
);

/** Top-level domains that are also words or file endings. */
const WORD_LIKE = /\.(?:so|my|to|in|id|me|pro|app|work|link|group)$/;

/** Suffixes of two parts under which names are registered. */
const SECOND_LEVEL =
  /\.(?:(?:com|net|org|gov|edu|ac|co|mil|bj|sh|gd|zj|js|sd|sc)\.cn|(?:com|org|net|gov|edu)\.(?:hk|tw|mo|sg|my|au|br)|(?:co|or|ne|go|ac)\.(?:jp|kr|uk|th|id|in|nz))$/;

/** The name that somebody registered: `shop.example.com.cn` is example.com.cn. An address of numbers is itself. */
export function registeredDomain(host: string): string {
  if (/^[\d.]+$/.test(host)) return host;
  const parts = host.split('.');
  return parts.slice(SECOND_LEVEL.test(host) ? -3 : -2).join('.');
}

/** A link with its host apart, for detectors that look at hosts. */
export interface FoundLink {
  readonly finding: Finding;
  readonly host: string;
}

export function findLinks(text: DetectorText): FoundLink[] {
  const { plain } = text;
  return Array.from(plain.text.matchAll(SHAPE)).flatMap((match) => {
    const [whole, scheme, schemeHost, bareHost, path] = match;
    const host = (schemeHost ?? bareHost ?? '').replace(/[。点]/g, '.').toLowerCase();
    const top = host.slice(host.lastIndexOf('.') + 1);
    const isNumber = /^\d+(?:\.\d+){3}$/.test(host);
    if (scheme === undefined) {
      if (!TOP_LEVEL.has(top)) return [];
      // A bare name under a domain that is also a word needs a path or a second sign.
      if (WORD_LIKE.test(host) && path === undefined && !host.startsWith('www.')) return [];
    } else if (!isNumber && !/^[a-z]{2,24}$|^xn--/.test(top)) return [];
    const to = match.index + whole.replace(/[.,!?:]+$/, '').length;
    const shown = (path ?? '').replace(/[.,!?:]+$/, '');
    const secure = scheme !== undefined && /s$/i.test(scheme);
    const value = `${secure ? 'https' : 'http'}://${host}${shown}`;
    const disguised = /^h(?!ttps?$)/i.test(scheme ?? '') || /[。点]/.test(schemeHost ?? bareHost ?? '');
    const claim = { value, disguised: disguised || /(?:^|\.)xn--/.test(host) };
    return [{ host, finding: finding('link', plain, match.index, to, claim) }];
  });
}

export const link: Detector = {
  name: 'link',
  wants: (features) => (features & FEATURE.dot) !== 0 && (features & FEATURE.latin) !== 0,
  find: (text) => findLinks(text).map((one) => one.finding),
};
