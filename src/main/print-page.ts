// Turns a page that the host wrote into PDF: in a window that is never shown, without scripts, preload
// or anything from outside.
import { BrowserWindow } from 'electron';
import { offerPage } from './app-protocol.ts';

/** A page that hangs is given up after this many milliseconds. */
const LIMIT = 60_000;

/** Marks a page that is laid out page by page, with its own head and foot: near the beginning of the HTML. */
const LAID_OUT = 'data-pages';

/** A4 as PDF, with the page's own margins; with `n / m` at its foot unless the page has a foot of its own. */
export async function printPage(html: string): Promise<Uint8Array> {
  const page = offerPage(html);
  const window = new BrowserWindow({
    show: false,
    webPreferences: { sandbox: true, contextIsolation: true, javascript: false, spellcheck: false },
  });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the page took too long to print')), LIMIT);
  });
  try {
    const print = window.loadURL(page.url).then(() =>
      window.webContents.printToPDF({
        preferCSSPageSize: true,
        printBackground: true,
        displayHeaderFooter: !html.slice(0, 200).includes(LAID_OUT),
        headerTemplate: '<span></span>',
        footerTemplate:
          '<div style="width:100%;text-align:center;font-size:8px;color:#5c636a"><span class="pageNumber"></span> / <span class="totalPages"></span></div>',
      }),
    );
    return await Promise.race([print, late]);
  } finally {
    clearTimeout(timer);
    page.withdraw();
    window.destroy();
  }
}
