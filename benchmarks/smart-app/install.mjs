// Installs what package-lock.json says, unless it is there. Ends with 3 if npm is absent or reaches no registry.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const done = join(here, 'node_modules', '.package-lock.json');
if (!existsSync(done) || statSync(done).mtimeMs < statSync(join(here, 'package-lock.json')).mtimeMs) {
  const npm = spawnSync('npm', ['ci', '--prefer-offline', '--loglevel=error'], { cwd: here, encoding: 'utf8' });
  if (npm.status !== 0) {
    const said = npm.error ? String(npm.error) : `${npm.stdout}${npm.stderr}`;
    process.stderr.write(`npm ci failed: ${said}\n`);
    const isAbsent = npm.error?.code === 'ENOENT';
    const isUnreachable = /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ENOTCACHED|ERR_SOCKET_TIMEOUT|E50[0234])\b/.test(said);
    process.exit(isAbsent || isUnreachable ? 3 : 1);
  }
}
