import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

export const PASSWORD = 'correct horse battery';
const PATIENCE = 150_000;

declare module 'vitest' {
  interface ProvidedContext {
    url: string;
  }
}

/** The demo of this checkout, built before (`dotnet build src/Towpath`), in a folder and on ports of its own. */
export default async function setup(project: TestProject) {
  const home = await newHome();
  const demo = await startDemo(home);
  project.provide('url', home.url);
  return async () => {
    await demo.end('SIGTERM');
    await rm(home.folder, { recursive: true, force: true });
  };
}

/** Where a demo is at home: its data, and its ports. */
export interface Home {
  folder: string;
  http: number;
  snmp: number;
  url: string;
}

export async function newHome(): Promise<Home> {
  const [folder, http, snmp] = [await mkdtemp(join(tmpdir(), 'towpath-page-')), await freePort(), await freePort()];
  return { folder, http, snmp, url: `http://127.0.0.1:${http}` };
}

/** Serves, with its campus discovered. A home that had a demo before has what that has stored. */
export async function startDemo({ folder, http, snmp }: Home): Promise<{ end: (signal: NodeJS.Signals) => Promise<void> }> {
  const towpath = join(import.meta.dirname, '..', '..', 'src', 'Towpath', 'bin', 'Debug', 'net10.0', 'towpath');
  const demo = spawn(towpath, ['demo', '--data', folder, '--http', `${http}`, '--https', '0', '--snmp-port', `${snmp}`], {
    env: { ...process.env, TOWPATH_ADMIN_PASSWORD: PASSWORD, XDG_CONFIG_HOME: folder },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    await serving(demo);
  } catch (problem) {
    demo.kill('SIGKILL');
    throw problem;
  }
  return {
    end: async (signal) => {
      const ended = new Promise((resolve) => demo.once('exit', resolve));
      demo.kill(signal);
      await ended;
    },
  };
}

/** Resolves at the line that says how to stop it: the campus is discovered then. */
function serving(demo: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`The demo did not serve within ${PATIENCE / 1000} s:\n${said}`)), PATIENCE);
    let said = '';
    demo.stdout!.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('Ctrl+C stops.')) clearTimeout(late), resolve();
    });
    demo.once('exit', (code) => (clearTimeout(late), reject(new Error(`The demo ended with ${code}:\n${said}`))));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
