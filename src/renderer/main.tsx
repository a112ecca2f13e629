import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { connectDesk } from './api/connect-desk.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no root.');

const desk = await connectDesk();
const [host, settings] = await Promise.all([desk.call('host.info', {}), desk.call('settings.get', {})]);
createRoot(root).render(
  <StrictMode>
    <h1>Audit Desk</h1>
    <p>
      Version {host.version}, carried by the {host.kind} host, times in {settings.timeZone}.
    </p>
  </StrictMode>,
);
