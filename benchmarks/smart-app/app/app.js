// A whole SMART app on the published library: standalone launch, or the end of an EHR's launch.
const settings = await (await fetch('settings.json')).json();
const element = (id) => document.getElementById(id);

/** What a test looks at; the page shows the same. */
const seen = { state: 'starting', error: null };
window.smartApp = seen;

function fail(error) {
  seen.state = 'error';
  seen.error = String(error?.message ?? error);
  element('message').textContent = `This did not work: ${seen.error}`;
  element('message').hidden = false;
}

function name(resource) {
  const first = resource.name?.[0] ?? {};
  return [...(first.given ?? []), first.family ?? ''].join(' ').trim();
}

function row(observation) {
  const quantity = observation.valueQuantity;
  const cells = [
    observation.effectiveDateTime ?? '',
    observation.code?.text ?? observation.code?.coding?.[0]?.display ?? observation.code?.coding?.[0]?.code ?? '',
    quantity ? `${quantity.value} ${quantity.unit ?? quantity.code ?? ''}` : observation.valueString ?? '',
  ];
  const tr = document.createElement('tr');
  for (const text of cells) tr.appendChild(document.createElement('td')).textContent = text;
  return tr;
}

/** Source: SMART App Launch 2.2, styling: an app may look as the EHR asks it to. */
async function style(url) {
  const look = await (await fetch(url)).json();
  for (const part of ['background', 'text', 'highlight']) {
    if (look[`color_${part}`]) document.documentElement.style.setProperty(`--${part}`, look[`color_${part}`]);
  }
  seen.style = look;
}

async function show(client) {
  const token = client.state.tokenResponse;
  if (token.smart_style_url) await style(token.smart_style_url);
  if (client.patient.id) {
    const patient = await client.patient.read();
    seen.patient = { id: patient.id, name: name(patient) };
    element('banner').textContent = `${seen.patient.name}, ${patient.birthDate ?? 'date of birth unknown'}`;
    element('banner').hidden = token.need_patient_banner === false;
    const observations = await client.request(
      `Observation?patient=${encodeURIComponent(client.patient.id)}&_sort=-date&_count=2`, { pageLimit: 0, flat: true });
    seen.observations = observations.map((each) => each.id);
    element('observations').replaceChildren(...observations.map(row));
  }
  if (client.user.fhirUser) {
    const user = await client.user.read();
    seen.user = { reference: client.user.fhirUser, name: name(user) };
    element('user').textContent = seen.user.name;
  }
  seen.encounter = client.encounter.id;
  element('record').hidden = false;
  seen.state = 'connected';
}

async function revoke(client) {
  const discovery = await (await fetch(`${client.state.serverUrl}/.well-known/smart-configuration`)).json();
  const tokens = client.state.tokenResponse;
  for (const token of [tokens.refresh_token, tokens.access_token].filter(Boolean)) {
    await fetch(discovery.revocation_endpoint, {
      method: 'POST', body: new URLSearchParams({ token, client_id: client.state.clientId }),
    });
  }
  element('record').hidden = true;
  seen.state = 'revoked';
}

async function connected() {
  const client = await FHIR.oauth2.ready();
  seen.client = client;
  await show(client);
  element('refresh').onclick = () => client.refresh().then(() => { seen.state = 'refreshed'; }, fail);
  element('revoke').onclick = () => revoke(client).catch(fail);
}

const here = new URLSearchParams(location.search);
if (here.has('code') || here.has('error') || sessionStorage.getItem('SMART_KEY')) {
  connected().catch(fail);
} else {
  element('server').value = settings.server;
  element('connect').hidden = false;
  element('connect').onsubmit = (event) => {
    event.preventDefault();
    FHIR.oauth2.authorize({
      iss: element('server').value, clientId: settings.client, scope: settings.scope,
      redirectUri: settings.redirectUri, pkceMode: 'required',
    }).catch(fail);
  };
  seen.state = 'asking';
}
