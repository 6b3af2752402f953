// Passkeys: a form with data-options is sent with what the browser's authenticator answers. With data-create a passkey is
// made; with data-at-once the browser asks right away; with data-autofill it also offers passkeys in the name field.
"use strict";

const decoded = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const encoded = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const bare = ({ id, type, transports }) => ({ id: decoded(id), type, ...(transports && { transports }) });

function creation(options) {
  return {
    ...options,
    challenge: decoded(options.challenge),
    user: { ...options.user, id: decoded(options.user.id) },
    excludeCredentials: (options.excludeCredentials ?? []).map(bare),
  };
}

function request(options) {
  return { ...options, challenge: decoded(options.challenge), allowCredentials: options.allowCredentials.map(bare) };
}

/** What was answered, as JSON of Web Authentication Level 3. */
function answer(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = encoded(credential.response[name]);
  }
  const { id, type } = credential;
  return JSON.stringify({ id, rawId: encoded(credential.rawId), type, response, clientExtensionResults: {} });
}

let waiting = null;

async function ask(form, mediation) {
  const options = JSON.parse(form.dataset.options);
  waiting?.abort();
  const { signal } = (waiting = new AbortController());
  const credential =
    "create" in form.dataset
      ? await navigator.credentials.create({ publicKey: creation(options), signal })
      : await navigator.credentials.get({ publicKey: request(options), mediation, signal });
  form.elements.answer.value = answer(credential);
  form.submit();
}

function show(id) {
  for (const notice of document.querySelectorAll("[id^='passkey-']")) notice.hidden = notice.id !== id;
}

/** Whoever stops the browser's dialogue can try again; a dialogue that another replaced says nothing. */
async function tried(form) {
  show(null);
  try {
    await ask(form, "optional");
  } catch (error) {
    if (error.name === "InvalidStateError") show("passkey-there");
    else if (error.name !== "AbortError") show("passkey-stopped");
  }
}

async function offerInNameField(form) {
  try {
    if (await PublicKeyCredential.isConditionalMediationAvailable?.()) await ask(form, "conditional");
  } catch {
    // The button is still there.
  }
}

for (const form of document.querySelectorAll("form[data-options]")) {
  if (!window.PublicKeyCredential) {
    if (!("autofill" in form.dataset)) show("passkey-unavailable");
    continue;
  }
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    tried(form);
  });
  if ("atOnce" in form.dataset) tried(form);
  if ("autofill" in form.dataset) offerInNameField(form);
}
