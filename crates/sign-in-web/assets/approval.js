// A page that waits for a phone: asks every two seconds whether there is something to go on with, and then sends its form.
// Without this, its button does the same.
"use strict";

const PAUSE = 2000;

async function isWaiting(form) {
  const answer = await fetch(form.dataset.status, { method: "POST", body: new URLSearchParams(new FormData(form)) });
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  return (await answer.json()).waiting;
}

async function watch(form) {
  for (;;) {
    await new Promise((done) => setTimeout(done, PAUSE));
    if (document.hidden) continue;
    try {
      if (!(await isWaiting(form))) return form.submit();
    } catch {
      // Not online for a moment; the button is still there.
    }
  }
}

for (const form of document.querySelectorAll("form[data-status]")) {
  const notice = form.querySelector("#waiting");
  if (notice) notice.hidden = false;
  watch(form);
}
