// The phone's page: keeps a key that cannot be read, shows the sign-ins that wait, and signs what is answered.
"use strict";

const KEY = { name: "ECDSA", namedCurve: "P-256" };
const SIGNATURE = { name: "ECDSA", hash: "SHA-256" };
const PAUSE = 2500;
const root = document.getElementById("approve");

const base64url = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const unbase64url = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));

// What is kept: a record { phone, username, key, endpoint } for each account this phone is registered with.
function opened() {
  return new Promise((done, fail) => {
    const request = indexedDB.open("riskgate-approve", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("phones", { keyPath: "phone" });
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });
}

async function stored(mode, work) {
  const database = await opened();
  try {
    return await new Promise((done, fail) => {
      const transaction = database.transaction("phones", mode);
      const request = work(transaction.objectStore("phones"));
      transaction.oncomplete = () => done(request.result);
      transaction.onerror = transaction.onabort = () => fail(transaction.error);
    });
  } finally {
    database.close();
  }
}

const phones = () => stored("readonly", (store) => store.getAll());
const keep = (phone) => stored("readwrite", (store) => store.put(phone));
const forget = (phone) => stored("readwrite", (store) => store.delete(phone.phone));

async function signed(key, purpose, parts) {
  const message = ["riskgate-approval", location.origin, purpose, ...parts].join("\n");
  return base64url(await crypto.subtle.sign(SIGNATURE, key, new TextEncoder().encode(message)));
}

/** What the server answers; an error is thrown by the word it has for it. */
async function post(path, body) {
  const headers = { "content-type": "application/json" };
  const answer = await fetch(path, { method: "POST", headers, body: JSON.stringify(body), credentials: "omit" });
  const content = await answer.json().catch(() => ({ error: "failed" }));
  if (!answer.ok) throw new Error(content.error);
  return content;
}

/** A proof of the phone for a purpose, over a fresh challenge. */
async function proof(phone, purpose, detail) {
  const { challenge } = await post("/approve/challenge", {});
  return { phone: phone.phone, challenge, signature: await signed(phone.key, purpose, [phone.phone, challenge, detail]) };
}

const TOLD = ["expired", "tooMany", "failed", "over", "wrongNumber", "registered", "approved", "denied", "reported", "unsupported"];

/** Shows these parts of the page; of the messages only the ones named, of the rest whatever was shown before. */
function show(...names) {
  for (const part of root.querySelectorAll("[data-show]")) {
    const { show: name } = part.dataset;
    if (TOLD.includes(name) || names.some((wanted) => !TOLD.includes(wanted))) part.hidden = !names.includes(name);
  }
}

const tell = (word) => show(TOLD.includes(word) ? word : "failed");

async function register(event) {
  event.preventDefault();
  const code = location.hash.slice(1);
  try {
    const pair = await crypto.subtle.generateKey(KEY, false, ["sign", "verify"]);
    const publicKey = base64url(await crypto.subtle.exportKey("raw", pair.publicKey));
    const signature = await signed(pair.privateKey, "register", [code, publicKey]);
    const name = document.getElementById("name").value;
    const { phone, username } = await post("/approve/register", { code, publicKey, signature, name });
    await keep({ phone, username, key: pair.privateKey });
    history.replaceState(null, "", location.pathname);
    await begin("registered");
  } catch (error) {
    tell(error.message);
  }
}

/** The code in an address that was typed or pasted: apps on a home screen do not share what their browser keeps. */
function paste(event) {
  event.preventDefault();
  const code = /[\w-]{43}$/.exec(document.getElementById("address").value.trim());
  if (code) location.hash = code[0];
  else tell("expired");
}

async function answer(phone, request, decision, number) {
  const signature = await signed(phone.key, "answer", [phone.phone, request.id, number, decision]);
  try {
    const body = { phone: phone.phone, request: request.id, decision, number, signature };
    const { state, signIn } = await post("/approve/answer", body);
    if (state === "reported") document.getElementById("secure").href = `/account/report?sign_in=${encodeURIComponent(signIn)}`;
    tell(state);
  } catch (error) {
    tell(error.message);
  }
  await refresh();
}

/** The card of a request. */
function card(phone, request) {
  const section = document.getElementById("request").content.cloneNode(true).firstElementChild;
  section.dataset.request = request.id;
  for (const [name, text] of Object.entries({ ...request, username: phone.username })) {
    const place = section.querySelector(`[data-fill="${name}"]`);
    if (place && text) place.textContent = text;
  }
  const form = section.querySelector("form.answer");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    answer(phone, request, "approve", form.elements.number.value);
  });
  section.querySelector(".deny").addEventListener("click", () => answer(phone, request, "deny", ""));
  section.querySelector(".report").addEventListener("click", () => answer(phone, request, "report", ""));
  return section;
}

// A proof is good for some minutes, so it is made anew only when it is refused.
const proofs = new Map();

async function waiting(phone, isRetry) {
  if (!proofs.has(phone.phone)) proofs.set(phone.phone, await proof(phone, "list", ""));
  try {
    return (await post("/approve/requests", proofs.get(phone.phone))).requests;
  } catch (error) {
    proofs.delete(phone.phone);
    if (error.message === "expired" && !isRetry) return waiting(phone, true);
    if (error.message !== "unknown") throw error;
    await forget(phone);
    await begin();
    return [];
  }
}

/** Shows what waits now; what is being typed into stays as it is. */
async function refresh() {
  const list = document.getElementById("requests");
  const found = [];
  for (const phone of await phones()) {
    for (const request of await waiting(phone)) found.push({ phone, request });
  }
  for (const old of [...list.children]) {
    if (!found.some(({ request }) => request.id === old.dataset.request)) old.remove();
  }
  for (const { phone, request } of found) {
    if ([...list.children].some((known) => known.dataset.request === request.id)) continue;
    show();
    list.prepend(card(phone, request));
  }
  document.getElementById("empty").hidden = found.length > 0;
}

/** Lets the server wake this phone, if the browser can be woken and its owner wants it. */
async function subscribe(asks) {
  const key = root.dataset.pushKey;
  const notices = document.getElementById("notices");
  notices.hidden = true;
  if (!key || !("serviceWorker" in navigator) || !("PushManager" in window)) return;
  const registration = await navigator.serviceWorker.register("/approve/worker.js");
  if (asks) await Notification.requestPermission();
  if (Notification.permission !== "granted") {
    notices.hidden = Notification.permission === "denied";
    return;
  }
  await navigator.serviceWorker.ready;
  const options = { userVisibleOnly: true, applicationServerKey: unbase64url(key) };
  const push = (await registration.pushManager.subscribe(options)).toJSON();
  for (const phone of await phones()) {
    if (phone.endpoint === push.endpoint) continue;
    await post("/approve/push", { ...(await proof(phone, "push", push.endpoint)), push });
    await keep({ ...phone, endpoint: push.endpoint });
  }
}

/** Begins with what this phone is registered for. */
async function begin(message) {
  const known = await phones();
  if (/^#[\w-]{43}$/.test(location.hash)) return show("pair");
  if (known.length === 0) return show("none");
  document.getElementById("accounts").textContent = known.map((phone) => phone.username).join(", ");
  show("ready", message);
  await refresh();
  await subscribe(false).catch(() => (document.getElementById("notices").hidden = false));
}

async function start() {
  if (!window.indexedDB || !window.crypto?.subtle) return show("unsupported");
  document.getElementById("pair").addEventListener("submit", register);
  document.getElementById("paste").addEventListener("submit", paste);
  document.getElementById("subscribe").addEventListener("click", () => subscribe(true).catch(() => tell("failed")));
  window.addEventListener("hashchange", () => begin());
  await begin().catch(() => tell("failed"));
  for (;;) {
    await new Promise((done) => setTimeout(done, PAUSE));
    // Not online for a moment: the next time it may be again.
    if (!document.hidden && !root.querySelector('[data-show="ready"]').hidden) await refresh().catch(() => {});
  }
}

start();
