import '@mantine/core/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
import './app/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { config } from 'zod';
import { App } from './app/app.tsx';
import { initialLanguage, startI18n } from './app/i18n.ts';
import { SCHEME_KEY } from './app/theme.ts';

// zod would compile its checks with `new Function`, which the window's policy forbids.
config({ jitless: true });

// Before the first frame, so that a dark window never flashes white.
const scheme = localStorage.getItem(SCHEME_KEY);
const dark = scheme === 'dark' || (scheme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');

await startI18n(initialLanguage());
createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <App bridge={window.docket} />
  </StrictMode>,
);
