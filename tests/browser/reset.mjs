// Somebody who forgot the password: an address and recovery codes are registered, two of them set a new password, the risk is
// closed, and mail tells of it. Pages work without scripts, so all of it runs without them but the strength meter.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { BASE_URL, DOMAIN, HOME, TOR, graph, newUser, open, shot, signIn, walk } from "./support.mjs";

let mails = 0;
async function nextMail(subject) {
  const file = `${process.env.MAIL_DIR}/${String(++mails).padStart(4, "0")}`;
  for (let round = 0; !existsSync(file); round++) {
    assert.ok(round < 100, `no mail '${subject}' arrives`);
    await new Promise((go) => setTimeout(go, 100));
  }
  const mail = readFileSync(file, "utf8");
  assert.ok(mail.includes(`Subject: ${subject}`), mail);
  return mail;
}
const codeOf = (mail) => mail.match(/^ {4}(\d{8})$/m)[1];

await walk(async () => {
  const upn = `forgetful@${DOMAIN}`;
  const user = await newUser("forgetful", "Walk-the-line-7", { mail: "forgetful@contoso.com" });
  const home = await open(HOME);
  await home.goto(`${BASE_URL}/security-info`);
  await signIn(home, upn, "Walk-the-line-7");
  await home.click("text=Add an address");
  await shot(home, "70-mail-address");
  await home.fill("#address", "forgetful@example.org");
  await home.click("button.primary");
  await home.fill("#code", codeOf(await nextMail("Your code for")));
  await shot(home, "71-mail-code");
  await home.click("button.primary");
  await nextMail("Security info was added");
  await home.click("text=Make codes");
  await shot(home, "72-recovery-codes");
  const codes = await home.locator("#recovery-codes code").allTextContents();
  assert.equal(codes.length, 10);
  await nextMail("Security info was added");
  await home.click("text=I have kept them");
  await shot(home, "73-security-info");
  console.log("  an address and recovery codes are registered");

  const risky = await open(TOR);
  await risky.goto(`${BASE_URL}/security-info`);
  await signIn(risky, upn, "Walk-the-line-7");
  await nextMail("New sign-in at");
  const state = async () => (await graph("GET", `/identityProtection/riskyUsers/${user.id}`)).riskState;
  assert.equal(await state(), "atRisk");

  const lost = await open(HOME);
  await lost.goto(`${BASE_URL}/signin`);
  await lost.click("text=Forgot your password?");
  await shot(lost, "74-forgot");
  await lost.fill("#username", upn);
  await lost.keyboard.press("Enter");
  await lost.waitForSelector("#recovery_code");
  await shot(lost, "75-proofs");
  await lost.fill("#email_code", codeOf(await nextMail("Your code for")));
  await lost.click("button.primary");
  assert.match(await lost.locator("[role=alert]").innerText(), /not enough/);
  await shot(lost, "76-not-enough");
  await lost.fill("#recovery_code", codes[4]);
  await lost.click("button.primary");
  await lost.fill("#newPassword", "Password1!");
  await lost.fill("#confirmPassword", "Password1!");
  await lost.click("button.primary");
  assert.match(await lost.locator("[role=alert]").innerText(), /tried first/);
  await shot(lost, "77-new-password");
  await lost.fill("#newPassword", "Nine-lazy-walruses-4");
  await lost.fill("#confirmPassword", "Nine-lazy-walruses-4");
  await lost.click("button.primary");
  await shot(lost, "78-set");
  await nextMail("Your password for");
  assert.equal(await state(), "remediated");
  await lost.click("a.primary");
  await signIn(lost, upn, "Nine-lazy-walruses-4");
  await lost.waitForURL("**/security-info");
  await home.goto(`${BASE_URL}/security-info`);
  assert.equal(await home.locator("h1").innerText(), "Sign in");
  console.log("  forgotten, proven twice, set anew, risk closed, signed out elsewhere");

  await newUser("typist", "Walk-the-line-7", { passwordProfile: { password: "Walk-the-line-7", forceChangePasswordNextSignIn: true } });
  const typing = await open(HOME, { javaScriptEnabled: true, locale: "de-DE" });
  await typing.goto(`${BASE_URL}/security-info`);
  await signIn(typing, `typist@${DOMAIN}`, "Walk-the-line-7");
  const told = async (text) => {
    await typing.fill("#newPassword", "");
    await typing.locator("#newPassword").pressSequentially(text);
    await typing.waitForFunction(() => document.querySelector("#strength-text").textContent !== "");
    await typing.waitForTimeout(600);
    return [await typing.locator("#strength-meter").evaluate((meter) => meter.value), await typing.locator("#strength-text").innerText()];
  };
  const [weak, why] = await told("Passwort1!");
  assert.ok(weak <= 1 && /zuerst probiert/.test(why), why);
  await shot(typing, "79-strength");
  const [strong, praise] = await told("Nine-lazy-walruses-4");
  assert.ok(strong === 4 && /Sehr schwer/.test(praise), praise);
  console.log("  the strength is shown while typing");
});
