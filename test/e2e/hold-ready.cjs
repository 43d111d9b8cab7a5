// Required by Electron before Docket's own entry: holds "ready" until the test driver is attached.
// Playwright does this itself only where it finds Electron as a package; given a path it attaches to
// a window that is already loading, and every tenth time or so waits for ever.
const { join } = require('node:path');

const at = process.argv.indexOf('-r');
const driver = process.env.DOCKET_TEST_DRIVER;
process.argv.splice(at, 2);
require(join(driver, 'lib', 'server', 'electron', 'loader.js'));
