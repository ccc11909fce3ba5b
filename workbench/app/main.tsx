import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import './base.css';

// After an upgrade an open page asks for parts that are gone: then the new page is fetched. Not twice in a row, so that a server that is down doesn't make it spin.
window.addEventListener('vite:preloadError', () => {
  const last = Number(window.sessionStorage.getItem('loket-reloaded') ?? 0);
  if (Date.now() - last < 30_000) return;
  window.sessionStorage.setItem('loket-reloaded', String(Date.now()));
  window.location.reload();
});

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
