import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import 'slack-blocks-to-jsx/dist/style.css';
import './base.css';
import './sidebar.css';
import './channel.css';
import './messages.css';
import './composer.css';
import './blocks.css';
import './forms.css';
import './dialogs.css';
import { App } from './app.tsx';

const root = document.getElementById('page');
if (root === null) throw new Error('index.html has no element with the id "page"');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
