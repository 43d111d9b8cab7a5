/** Links through services that hide where they lead. */
import type { Detector } from '../finding.ts';
import { findLinks, link, registeredDomain } from './link.ts';

const SHORTENERS = new Set(
  't.cn url.cn dwz.cn suo.im suo.nz suo.yt mrw.so u.nu t.im c7.gg 985.so 0x9.me 0x7.me 3.cn sourl.cn sourl.co dwz.mk dwz.lc rrd.me w.url.cn bit.ly bitly.com t.co goo.gl tinyurl.com is.gd v.gd ow.ly buff.ly reurl.cc ppt.cc lihi.cc lihi1.com rb.gy cutt.ly shorturl.at s.id t.ly x.gd tiny.cc qr.net'.split(
    ' ',
  ),
);

export const shortLink: Detector = {
  name: 'short-link',
  wants: link.wants,
  find: (text) =>
    findLinks(text)
      .filter(
        ({ host }) => SHORTENERS.has(host.replace(/^www\./, '')) || SHORTENERS.has(registeredDomain(host)),
      )
      .map(({ finding }) => ({ ...finding, detector: 'short-link' })),
};
