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
  const folder = await mkdtemp(join(tmpdir(), 'towpath-page-'));
  const [http, snmp] = [await freePort(), await freePort()];
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
  project.provide('url', `http://127.0.0.1:${http}`);
  return async () => {
    const ended = new Promise((resolve) => demo.once('exit', resolve));
    demo.kill('SIGTERM');
    await ended;
    await rm(folder, { recursive: true, force: true });
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
