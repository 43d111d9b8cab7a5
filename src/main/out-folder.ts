import { join } from 'node:path';
import { app } from 'electron';

/** The build's folder, in a checkout and in a packaged program. */
export function outFolder(): string {
  return join(app.getAppPath(), 'out');
}
