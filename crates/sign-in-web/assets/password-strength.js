// Shows how strong the new password is while it is typed. The server judges it; without this script the page works as well.
const box = document.getElementById("strength");
const password = document.getElementById("newPassword");
const username = document.querySelector("input[name=username]");
let waiting;
let latest = 0;

async function judge() {
  const mine = ++latest;
  box.hidden = password.value === "";
  if (box.hidden) return;
  const form = new URLSearchParams({ anti_forgery: box.dataset.token, username: username.value, password: password.value });
  const answer = await fetch("/signin/password-strength", { method: "POST", body: form, credentials: "same-origin" });
  if (!answer.ok || mine !== latest) return;
  const { score, text } = await answer.json();
  document.getElementById("strength-meter").value = score;
  document.getElementById("strength-text").textContent = text;
}

password.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => judge().catch(() => {}), 250);
});
