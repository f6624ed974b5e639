// Drives a real browser through the app and our pages. First it serves the app and prints at which ports; then
// it takes what it needs as JSON on standard input, and prints a line of JSON for each breach and each measure.
import { createHmac, createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { serve } from './serve.mjs';

const print = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
const target = {};
const servers = [await serve(0, target), await serve(0, target)];
const [appPort, otherPort] = servers.map((each) => each.address().port);
print({ appPort, otherPort });

const given = JSON.parse(readFileSync(0, 'utf8'));
const { root, users, patients, client } = given;
Object.assign(target, { server: `${root}/fhir`, client });
const app = `http://127.0.0.1:${appPort}/`;
const FHIR = `${root}/fhir`;
const WINDOWS = { normal: { width: 1280, height: 800 }, narrow: { width: 360, height: 740 } };

let checked = 0;

function check(what, holds, found) {
  checked += 1;
  if (!holds) print({ breach: found === undefined ? what : `${what}: ${JSON.stringify(found)}` });
}

function totp(secret) {
  const bits = [...secret].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const hash = createHmac('sha1', key).update(step).digest();
  const number = hash.readUInt32BE(hash.at(-1) & 0x0f) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, '0');
}

/** Verified by our published keys, with none of our code. */
async function claimsOf(jwt) {
  const [head, body, signature] = jwt.split('.');
  const part = (text) => JSON.parse(Buffer.from(text, 'base64url'));
  const { keys } = await (await fetch(`${root}/oauth2/jwks`)).json();
  const jwk = keys.find((key) => key.kid === part(head).kid);
  const isValid = jwk && part(head).alg === 'RS256'
    && verify('RSA-SHA256', Buffer.from(`${head}.${body}`), createPublicKey({ key: jwk, format: 'jwk' }), Buffer.from(signature, 'base64url'));
  check('the id_token is signed by a published key', isValid === true);
  return part(body);
}

const withToken = (path, token) => fetch(`${FHIR}/${path}`, { headers: { Authorization: `Bearer ${token}` } });

/** A browser without cookies. What its console says, or a page's policy forbids, is a breach unless expected. */
async function visit(browser, work) {
  const context = await browser.newContext({ viewport: WINDOWS.normal });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  const expected = [];
  await page.addInitScript(() => document.addEventListener('securitypolicyviolation',
    (event) => console.error(`policy violated: ${event.violatedDirective} ${event.blockedURI}`)));
  page.on('console', (said) => {
    const text = `${said.text()} (${said.location().url})`;
    if (['error', 'warning'].includes(said.type()) && !expected.some((part) => text.includes(part))) {
      print({ breach: `the console of ${new URL(page.url()).pathname} says: ${text}` });
    }
  });
  page.on('pageerror', (error) => print({ breach: `a script failed: ${error}` }));
  try {
    await work(page, (text) => expected.push(text));
  } finally {
    await context.close();
  }
}

/** What every page of ours must be, in both windows: named, labelled, with visible focus, and not cut off. */
async function inspect(page, name) {
  await page.waitForLoadState('load'); // the style sheet is there
  const found = await page.evaluate(() => ({
    lang: document.documentElement.lang,
    title: document.title,
    headings: document.querySelectorAll('h1').length,
    scripts: document.scripts.length,
    unlabelled: [...document.querySelectorAll('input:not([type=hidden])')].filter((i) => !i.labels.length).map((i) => i.name),
  }));
  check(`${name}: language, title, one heading, no script`,
    found.lang === 'en' && found.title.endsWith('· Auscult') && found.headings === 1 && found.scripts === 0, found);
  check(`${name}: each field has a label`, found.unlabelled.length === 0, found.unlabelled);
  await page.keyboard.press('Tab');
  const outline = await page.evaluate(() => {
    const style = getComputedStyle(document.activeElement);
    return { on: document.activeElement.tagName, style: style.outlineStyle, width: parseFloat(style.outlineWidth) };
  });
  check(`${name}: focus shows`, outline.on !== 'BODY' && outline.style === 'solid' && outline.width >= 2, outline);
  await page.keyboard.press('Shift+Tab');
  for (const [window, size] of Object.entries(WINDOWS)) {
    await page.setViewportSize(size);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    check(`${name}: nothing is cut off in a ${window} window`, over <= 0, `${over} px`);
    if (given.shots) await page.screenshot({ path: join(given.shots, `${name}-${window}.png`), fullPage: true });
  }
  await page.setViewportSize(WINDOWS.normal);
}

const at = (page, start) => page.waitForURL((url) => url.href.startsWith(start));
const alert = (page) => page.getByRole('alert').innerText();

async function signIn(page, user) {
  await at(page, `${root}/login`);
  await page.getByLabel('Name').fill(user.name);
  await page.getByLabel('Password').fill(user.password);
  if (user.totp) await page.getByLabel(/Code of your authenticator/).fill(totp(user.totp));
  await page.getByRole('button', { name: 'Sign in' }).click();
}

async function connect(page) {
  await page.goto(app);
  await page.getByRole('button', { name: 'Connect' }).click();
}

async function seek(page, words) {
  await at(page, `${root}/oauth2/patient`);
  await page.getByLabel('Name').fill(words);
  await page.getByRole('button', { name: 'Search' }).click();
  await page.getByRole('status').first().waitFor();
}

const offered = (page) => page.locator('.patients button').allInnerTexts();

/** Waits until the app has got somewhere, and gives what it saw. */
async function appState(page, ...states) {
  await page.waitForFunction((wanted) => wanted.includes(window.smartApp?.state), [...states, 'error']);
  return page.evaluate(() => {
    const { client, ...seen } = window.smartApp;
    return { ...seen, token: client?.state.tokenResponse, text: document.querySelector('main').innerText };
  });
}

/** With the keyboard alone, from the app to the record. */
async function standalone(page, expect) {
  const { keyboard } = page;
  const type = async (text) => { await keyboard.type(text); await keyboard.press('Tab'); };
  await connect(page);
  await at(page, `${root}/login`);
  await inspect(page, 'sign-in');
  await page.getByLabel('Name').focus();
  await type(users.clinician.name);
  await keyboard.type('a wrong password');
  await keyboard.press('Enter');
  await at(page, `${root}/login?refused`);
  check('a wrong password is told in words', (await alert(page)).includes('wrong'));
  await inspect(page, 'sign-in-refused');
  await page.getByLabel('Name').focus();
  await type(users.clinician.name);
  await keyboard.type(users.clinician.password);
  await keyboard.press('Enter');

  await at(page, `${root}/oauth2/patient`);
  check('the name has the focus', await page.getByLabel('Name').evaluate((field) => field === document.activeElement));
  await keyboard.type(patients.family);
  await keyboard.press('Enter');
  await page.locator('.patients button').first().waitFor();
  const names = await offered(page);
  check('the patient within reach is offered', names.some((name) => name.includes(patients.near.given)), names);
  check('a patient of another site is not offered', !names.some((name) => name.includes(patients.far.given)), names);
  check('20 patients on a page', names.length === 20, names.length);
  await inspect(page, 'choose-patient');
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByText(`21 to ${patients.offered} of ${patients.offered}`).waitFor();
  await seek(page, `${patients.near.given} ${patients.family}`);
  await page.getByLabel('Date of birth').focus();
  await keyboard.press('Tab');
  await keyboard.press('Tab');
  await keyboard.press('Enter');

  await at(page, `${root}/oauth2/consent`);
  const asked = await page.locator('main').innerText();
  check('the consent page says who asks, for what, about whom and where it goes',
    [given.clientName, patients.near.given, '127.0.0.1', 'Observation'].every((part) => asked.includes(part)), asked);
  await inspect(page, 'consent');
  await page.getByRole('button', { name: 'Allow' }).focus();
  await keyboard.press('Enter');

  await at(page, app);
  const seen = await appState(page, 'connected');
  check('the app got to the record', seen.state === 'connected', seen.error);
  check('the app reads the patient', seen.patient?.id === patients.near.id && seen.patient.name.includes(patients.near.given), seen.patient);
  check('the app reads all observations, by pages',
    JSON.stringify([...(seen.observations ?? [])].sort()) === JSON.stringify([...patients.near.observations].sort()), seen.observations);
  check('fhirUser is resolved', seen.user?.reference === users.clinician.fhirUser && seen.user.name.includes(users.clinician.family), seen.user);
  check('the context of a standalone launch', seen.token.patient === patients.near.id && seen.token.need_patient_banner === true
    && seen.token.token_type === 'Bearer' && seen.token.expires_in <= 3600 && seen.text.includes(patients.near.given), seen.text);
  const claims = await claimsOf(seen.token.id_token);
  check('the id_token says who signed in', claims.iss === root && [claims.aud].flat().includes(client)
    && claims.fhirUser === `${FHIR}/${users.clinician.fhirUser}`, claims);
  if (given.shots) await page.screenshot({ path: join(given.shots, 'app.png'), fullPage: true });
  await scopes(seen.token.access_token);
  await refreshed(page, seen.token);
  await origins(page, expect, seen.token.access_token);
  await revoked(page);
}

async function scopes(token) {
  const near = patients.near.id;
  const status = async (path) => (await withToken(path, token)).status;
  check('the token reads its patient', await status(`Patient/${near}`) === 200);
  check('the token reads no other patient', [403, 404].includes(await status(`Patient/${patients.other.id}`)));
  check('the token reads nobody elsewhere', [403, 404].includes(await status(`Patient/${patients.far.id}`)));
  check('the token reads no type beyond its scopes', await status(`Condition?patient=${near}`) === 403);
  const write = await fetch(`${FHIR}/Observation/${patients.near.observations[0]}`, { method: 'DELETE', headers: { Authorization: `Bearer ${token}` } });
  check('the token deletes nothing', write.status === 403, write.status);
}

async function refreshed(page, before) {
  await page.getByRole('button', { name: 'Refresh access' }).click();
  const seen = await appState(page, 'refreshed');
  check('the library refreshes', seen.state === 'refreshed' && seen.token.access_token !== before.access_token, seen.error);
  check('a refresh keeps patient and scope', seen.token.patient === before.patient && seen.token.scope === before.scope, seen.token.scope);
  check('a refresh token is replaced', seen.token.refresh_token !== before.refresh_token);
  check('the new token reads', (await withToken(`Patient/${patients.near.id}`, seen.token.access_token)).status === 200);
  check('the former token reads no more', (await withToken(`Patient/${patients.near.id}`, before.access_token)).status === 401);
}

/** CORS: pages of a registered app read; those of another origin read what is public, and nothing else. */
async function origins(page, expect, token) {
  const read = (at, url, bearer) => at.evaluate(async ([address, given]) => {
    try {
      return (await fetch(address, given ? { headers: { Authorization: `Bearer ${given}` } } : {})).status;
    } catch {
      return 'kept away';
    }
  }, [url, bearer]);
  const fresh = (await appState(page, 'refreshed')).token.access_token;
  check('a registered page calls the FHIR API', await read(page, `${FHIR}/Patient/${patients.near.id}`, fresh) === 200);
  expect('has been blocked by CORS policy');
  expect('net::ERR_FAILED');
  const stranger = await page.context().newPage();
  await stranger.goto(`http://localhost:${otherPort}/`);
  check('any page reads the discovery', await read(stranger, `${FHIR}/.well-known/smart-configuration`) === 200);
  check('a page of another origin is kept from the FHIR API',
    await read(stranger, `${FHIR}/Patient/${patients.near.id}`, fresh) === 'kept away');
  const stolen = await stranger.evaluate(async (endpoint) => {
    try {
      return (await fetch(endpoint, { method: 'POST', body: new URLSearchParams({ grant_type: 'refresh_token' }) })).status;
    } catch {
      return 'kept away';
    }
  }, `${root}/oauth2/token`);
  check('a page of another origin is kept from the token endpoint', stolen === 'kept away', stolen);
  check('the former token is refused', (await withToken('metadata', token)).status !== 500);
  await stranger.close();
}

async function revoked(page) {
  const { token } = await appState(page, 'refreshed');
  await page.getByRole('button', { name: 'Give up access' }).click();
  await appState(page, 'revoked');
  check('a revoked token reads no more', (await withToken(`Patient/${patients.near.id}`, token.access_token)).status === 401);
  const again = await fetch(`${root}/oauth2/token`, {
    method: 'POST', body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: token.refresh_token }),
  });
  check('a revoked token is refreshed no more', (await again.json()).error === 'invalid_grant');
}

/** A user with a second factor, who refuses, and somebody who would choose whom the policy keeps away. */
async function refusals(page, expect) {
  await connect(page);
  await signIn(page, { ...users.second, totp: undefined });
  await at(page, `${root}/login?refused`);
  check('without the second factor nobody signs in', (await alert(page)).includes('code is wrong'));
  await signIn(page, users.second);
  await seek(page, `${patients.far.given} ${patients.family}`);
  check('a patient of another site is not found by the exact name', (await offered(page)).length === 0
    && (await page.locator('main').innerText()).includes('No patient was found'));
  await seek(page, `${patients.near.given} ${patients.family}`);
  await page.locator('.patients input[name=patient]').evaluate((field, id) => { field.value = id; }, patients.far.id);
  expect('the server responded with a status of 404');
  await page.locator('.patients button').click();
  await page.getByText('There is no such patient').waitFor();
  await inspect(page, 'patient-refused');
  await seek(page, `${patients.near.given} ${patients.family}`);
  await page.locator('.patients button').click();
  await page.getByRole('button', { name: 'Refuse' }).click();
  await at(page, app);
  const seen = await appState(page, 'connected');
  check('who refuses sends the app an error', seen.state === 'error' && seen.error.includes('access_denied'), seen);
  check('the app says so', (await alert(page)).includes('access_denied'));
}

async function ehrLaunch(page, expect) {
  const { launch } = given;
  await page.goto(launch.url);
  await signIn(page, users.clinician);
  await at(page, `${root}/oauth2/consent`);
  check('an EHR launch asks for no patient', (await page.locator('main').innerText()).includes(patients.near.given));
  await page.getByRole('button', { name: 'Allow' }).click();
  await at(page, app);
  const seen = await appState(page, 'connected');
  check('an EHR launch gets to the record', seen.state === 'connected', seen.error);
  check('patient and encounter of the launch', seen.token?.patient === patients.near.id && seen.encounter === launch.encounter, seen.token);
  check('the intent of the launch', seen.token?.intent === launch.intent, seen.token?.intent);
  check('no banner where the EHR shows one', seen.token?.need_patient_banner === false
    && !(await page.locator('#banner').isVisible()));
  const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  check('the app looks as smart_style_url says', /^#/.test(seen.style?.color_background ?? '')
    && background !== 'rgb(255, 255, 255)', background);

  const again = await page.context().newPage();
  await again.goto(launch.url);
  await at(again, app);
  const used = await appState(again, 'connected');
  check('a launch is used once', used.state === 'error' && used.error.includes('invalid_request'), used.error);
  await again.close();

  await page.goto(`${root}/oauth2/account`);
  await inspect(page, 'account');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByText('You are signed out').waitFor();
  await inspect(page, 'signed-out');
  const refresh = await fetch(`${root}/oauth2/token`, {
    method: 'POST', body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: seen.token.refresh_token }),
  });
  check('signing out ends online access', (await refresh.json()).error === 'invalid_grant');
  check('and its token reads no more', (await withToken(`Patient/${patients.near.id}`, seen.token.access_token)).status === 401);
  expect('the server responded with a status of 401'); // the app comes back with the token it kept
  await page.goto(app);
  await page.evaluate(() => sessionStorage.clear());
  await connect(page);
  await at(page, `${root}/login`);

  expect('the server responded with a status of 4');
  await page.goto(`${root}/oauth2/authorize?response_type=code&client_id=${client}&redirect_uri=${encodeURIComponent('https://evil.example.org/')}`);
  check('a redirect URI that is not registered ends here', new URL(page.url()).origin === root);
  await inspect(page, 'error');
}

/** The library refreshes by itself when a token has expired: with a clock of its own, by waiting. */
async function expiry(page) {
  await connect(page);
  await signIn(page, users.clinician);
  await seek(page, `${patients.near.given} ${patients.family}`);
  await page.locator('.patients button').click();
  await page.getByRole('button', { name: 'Allow' }).click();
  const first = (await appState(page, 'connected')).token;
  const until = Date.now() + (first.expires_in + 35) * 1000;
  while (Date.now() < until) await page.waitForTimeout(1000);
  check('an expired token reads no more', (await withToken(`Patient/${patients.near.id}`, first.access_token)).status === 401);
  const read = await page.evaluate(async () => (await window.smartApp.client.patient.read()).id);
  check('the library has the token renewed and reads', read === patients.near.id, read);
}

const browser = await chromium.launch({ executablePath: given.browser, args: ['--disable-dev-shm-usage'] });
try {
  const parts = { standalone, refusals, 'EHR launch': ehrLaunch, ...(given.whole ? { expiry } : {}) };
  for (const [name, part] of Object.entries(parts)) {
    const start = Date.now();
    checked = 0;
    try {
      await visit(browser, part);
    } catch (error) {
      print({ breach: `${name} stopped: ${String(error.message).split('\n').slice(0, 6).join(' | ')}` });
    }
    print({ note: `${name}: ${checked} checks in ${((Date.now() - start) / 1000).toFixed(1)} s (${browser.version()})` });
  }
} finally {
  await browser.close();
  servers.forEach((each) => { each.closeAllConnections(); each.close(); });
}
