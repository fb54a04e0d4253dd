import { Container, Loader } from '@mantine/core';
import { lazy, Suspense, useEffect, useState, useSyncExternalStore, type MouseEvent, type ReactNode } from 'react';
import { startListening } from '../api/live';
import { queryClient } from '../api/queries';
import { onSessionChange, renewToken, token } from '../api/session';
import { look } from './away';
import { Header } from './Header';
import { Login } from './Login';
import { Problem } from './Problem';
import { usePlace } from './place';

// A page is loaded when it is looked at.
const HomePage = lazy(() => import('../home/HomePage').then((module) => ({ default: module.HomePage })));
const PathPage = lazy(() => import('../path/PathPage').then((module) => ({ default: module.PathPage })));
const DevicesPage = lazy(() => import('../inventory/DevicesPage').then((module) => ({ default: module.DevicesPage })));
const HostsPage = lazy(() => import('../inventory/HostsPage').then((module) => ({ default: module.HostsPage })));
const EventsPage = lazy(() => import('../changes/EventsPage').then((module) => ({ default: module.EventsPage })));
const DiscoveryPage = lazy(() => import('../discovery/DiscoveryPage').then((module) => ({ default: module.DiscoveryPage })));
const CredentialsPage = lazy(() => import('../credentials/CredentialsPage').then((module) => ({ default: module.CredentialsPage })));
const TasksPage = lazy(() => import('../tasks/TasksPage').then((module) => ({ default: module.TasksPage })));
const MapPage = lazy(() => import('../map/MapPage').then((module) => ({ default: module.MapPage })));

const PAGES: Record<string, () => ReactNode> = {
  home: () => <HomePage />,
  path: () => <PathPage />,
  map: () => <MapPage />,
  devices: () => <DevicesPage />,
  hosts: () => <HostsPage />,
  events: () => <EventsPage />,
  discovery: () => <DiscoveryPage />,
  credentials: () => <CredentialsPage />,
  tasks: () => <TasksPage />,
};

/** A page that was just opened asks for a token by its cookie; who has none logs in. */
export function App() {
  const [isAsking, setAsking] = useState(true);
  const [problem, setProblem] = useState<unknown>(null);
  const isLoggedIn = useSyncExternalStore(onSessionChange, () => token() !== null);
  const { page } = usePlace();

  const ask = () => {
    setAsking(true);
    setProblem(null);
    renewToken().catch(setProblem).finally(() => setAsking(false));
  };
  useEffect(ask, []);
  useEffect(() => {
    if (isLoggedIn) return startListening(queryClient, () => void look());
    queryClient.clear(); // the next who logs in sees nothing of the last one
    return undefined;
  }, [isLoggedIn]);
  useEffect(() => {
    document.title = `${page[0]?.toUpperCase() ?? ''}${page.slice(1)} – Towpath`;
  }, [page]);

  if (isAsking && !isLoggedIn) return <Loader m="xl" role="status" aria-label="Loading" />;
  if (problem !== null && !isLoggedIn)
    return <Container size="xs" py="xl"><Problem problem={problem} onRetry={ask} /></Container>;
  if (!isLoggedIn) return <Login />;
  const show = Object.hasOwn(PAGES, page) ? PAGES[page]! : PAGES.home!;
  return (
    <>
      <a className="skip" href="#main" onClick={skipToMain}>To the content</a>
      <Header page={page} />
      <main id="main" tabIndex={-1}>
        <Container fluid py="md">
          <Suspense fallback={<Loader role="status" aria-label="Loading" />}>{show()}</Suspense>
        </Container>
      </main>
    </>
  );
}

/** The part after # is the page's place, so the link moves the focus itself. */
function skipToMain(event: MouseEvent): void {
  event.preventDefault();
  document.getElementById('main')?.focus();
}
