import './shell/styles';
import './shell/page.css';

import { createTheme, MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { queryClient } from './api/queries';
import { App } from './shell/App';

const theme = createTheme({
  primaryColor: 'cyan',
  primaryShade: 9, // white on it has a contrast of 5.6 : 1
  fontFamily: 'system-ui, sans-serif',
  autoContrast: true,
  respectReducedMotion: true,
});

// The server allows styles in the text of the page by this word only, another one in each answer.
const nonce = document.querySelector<HTMLMetaElement>('meta[name="style-nonce"]')?.content ?? '';

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={() => nonce}>
      <QueryClientProvider client={queryClient}>
        <App />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
