/** Entry point of the window: connects to the desk and draws. */
import '@mantine/core/styles.css';
import '@mantine/dates/styles.css';
import './app/theme.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { connectDesk } from './api/connect-desk.ts';
import { App } from './app/app.tsx';

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no root.');

const connection = await connectDesk().then(
  (desk) => ({ desk, error: null }),
  (error: unknown) => ({ desk: null, error }),
);
createRoot(root).render(
  <StrictMode>
    <App desk={connection.desk} error={connection.error} />
  </StrictMode>,
);
