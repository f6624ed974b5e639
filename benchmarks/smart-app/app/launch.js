// An EHR opens this page with iss and launch in its address; the library reads both.
const settings = await (await fetch('settings.json')).json();
FHIR.oauth2.authorize({
  clientId: settings.client, scope: settings.ehrScope, redirectUri: settings.redirectUri, pkceMode: 'required',
});
