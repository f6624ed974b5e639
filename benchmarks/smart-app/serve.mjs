// Serves the app on this machine: node serve.mjs [--port 5173] [--server URL] [--client ID]
import { createServer } from 'node:http';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const here = dirname(fileURLToPath(import.meta.url));
const library = join(here, 'node_modules', 'fhirclient', 'build', 'fhir-client.pure.min.js');
const types = { html: 'text/html', js: 'text/javascript', css: 'text/css', json: 'application/json' };
const files = ['index.html', 'launch.html', 'app.js', 'launch.js', 'style.css'];

/** Serves it at a port, 0 for a free one; `target` says server and client, also later. */
export async function serve(port, target) {
  const settings = () => ({
    ...target, redirectUri: `http://127.0.0.1:${listener.address().port}/`,
    scope: 'openid fhirUser launch/patient offline_access patient/Patient.rs patient/Observation.rs user/Practitioner.rs',
    ehrScope: 'openid fhirUser launch online_access patient/Patient.rs patient/Observation.rs patient/Encounter.rs user/Practitioner.rs',
  });
  const listener = createServer((request, response) => {
    const name = new URL(request.url, 'http://app').pathname.slice(1) || 'index.html';
    const isOurs = files.includes(name) || name === 'fhir-client.js' || name === 'settings.json';
    if (!isOurs || request.method !== 'GET') return response.writeHead(404).end();
    const body = name === 'settings.json' ? JSON.stringify(settings())
      : readFileSync(name === 'fhir-client.js' ? library : join(here, 'app', name));
    response.writeHead(200, {
      'Content-Type': `${types[name.split('.').pop()]}; charset=utf-8`,
      'Cache-Control': 'no-store',
      'Content-Security-Policy':
        `default-src 'self'; connect-src 'self' ${new URL(target.server).origin}; img-src data:; frame-ancestors 'none'`,
    }).end(body);
  });
  await new Promise((resolve, reject) => {
    listener.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  return listener;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (!existsSync(library)) {
    process.stderr.write(`The app's library is not installed: npm ci --prefix ${here}\n`);
    process.exit(2);
  }
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '5173' },
      server: { type: 'string', default: 'http://127.0.0.1:8080/fhir' },
      client: { type: 'string', default: 'demo-smart-app' },
    },
  });
  await serve(Number(values.port), { server: values.server, client: values.client });
  process.stdout.write(`Open http://127.0.0.1:${values.port}/\n`);
}
