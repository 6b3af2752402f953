// Approval on a phone: a second browser is the phone. It is registered by the address another page shows, approves by the number of
// the sign-in page, ends a request by a wrong one, turns down and reports. Its page is open: no push
// service is reached from here, and the tests of crates/push and crates/authentication show what one gets.
import assert from "node:assert/strict";
import { BASE_URL, HOME, TOR, authorize, graph, newUser, open, picture, redirect, shot, signIn, walk } from "./support.mjs";

const PASSWORD = "Walk-the-line-7";
const PHONE = { javaScriptEnabled: true, viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

/** Somebody signs in; the page with the number, and the number. */
async function numberFor(page, user) {
  await page.goto(authorize());
  await signIn(page, user.userPrincipalName, PASSWORD);
  await page.waitForSelector("p.number, p.problem");
  return (await page.locator("p.number").allTextContents())[0];
}

async function register(desktop, phone) {
  await desktop.goto(`${BASE_URL}/security-info/phone`);
  await shot(desktop, "80-new-phone");
  await phone.goto(`${BASE_URL}/approve/`);
  await phone.waitForSelector("text=This phone approves nothing yet");
  await picture(phone, "81-phone-unregistered");
  await phone.goto(await desktop.locator("details a").getAttribute("href"));
  await phone.waitForSelector("#pair:visible");
  await phone.fill("#name", "Pocket");
  await picture(phone, "82-register-this-phone");
  await phone.click("#pair button");
  await phone.waitForSelector("text=This phone is registered");
  await phone.waitForSelector("#notices:visible");
  await picture(phone, "83-phone-registered");
  // The other page goes on by itself.
  await desktop.waitForURL("**/security-info?done=phone-added");
  assert.match(await desktop.locator("ul.methods").first().innerText(), /Phone · Pocket/);
  await shot(desktop, "84-security-info-with-phone");
  const kept = await phone.evaluate(() => phones());
  assert.equal(kept.length, 1);
  const isHidden = await phone.evaluate(async () => {
    const [{ key }] = await phones();
    return !key.extractable && crypto.subtle.exportKey("pkcs8", key).then(() => false, () => true);
  });
  assert.ok(isHidden, "nobody reads the key, not even the page");
  console.log("  a phone is registered, and keeps a key nobody reads");
}

async function approve(phone, user) {
  // Without script, by the button.
  const desktop = await open(HOME);
  const number = await numberFor(desktop, user);
  assert.match(number, /^[1-9][0-9]$/);
  await shot(desktop, "85-approve-on-your-phone");
  await desktop.click("button.primary");
  assert.match(await desktop.locator(".problem").innerText(), /not answered yet/);
  await phone.waitForSelector("section.request");
  assert.match(await phone.locator("section.request dl").innerText(), /Story in a browser[^]*198\.51\.100\.7[^]*UTC[^]*Chrom/);
  assert.ok(!(await phone.content()).includes(`>${number}<`), "the phone is not told the number");
  await picture(phone, "86-are-you-signing-in");
  await phone.fill("input[name=number]", number);
  await phone.click("section.request button.primary");
  await phone.waitForSelector("text=Approved.");
  await picture(phone, "87-approved");
  await desktop.click("button.primary");
  await desktop.waitForURL(`${redirect}/**`);
  // With script, by itself.
  const scripted = await open(HOME, { javaScriptEnabled: true });
  const second = await numberFor(scripted, user);
  await phone.fill("input[name=number]", second);
  await phone.keyboard.press("Enter");
  await scripted.waitForURL(`${redirect}/**`);
  await scripted.context().close();
  console.log("  the number on the page, entered on the phone, signs in: with script and without");
}

async function wrongNumber(phone, user) {
  const desktop = await open(HOME, { javaScriptEnabled: true });
  const number = await numberFor(desktop, user);
  await phone.fill("input[name=number]", number === "10" ? "11" : "10");
  await phone.click("section.request button.primary");
  await phone.waitForSelector("text=another number than the sign-in page shows");
  await picture(phone, "88-wrong-number");
  await desktop.waitForSelector(".problem");
  assert.match(await desktop.locator(".problem").innerText(), /Another number was entered/);
  await shot(desktop, "89-request-has-ended");
  await desktop.click("button.primary");
  const next = await desktop.locator("p.number").textContent();
  await phone.fill("input[name=number]", next);
  await phone.click("section.request button.primary");
  await desktop.waitForURL(`${redirect}/**`);
  await desktop.context().close();
  console.log("  one wrong number ends a request");
}

async function turnDown(phone, user) {
  const desktop = await open(HOME, { javaScriptEnabled: true });
  await numberFor(desktop, user);
  await phone.click("section.request button.deny");
  await phone.waitForSelector("text=Turned down.");
  await desktop.waitForSelector(".problem");
  await desktop.click("button.primary");
  assert.match(await desktop.locator(".problem").innerText(), /turned down on your phone a short while ago/);
  await shot(desktop, "90-not-asked-again");
  await desktop.context().close();
  console.log("  what is turned down is not asked again for a while");
}

async function report(phone, user) {
  const stranger = await open(TOR, { javaScriptEnabled: true });
  await numberFor(stranger, user);
  await phone.waitForSelector("section.request");
  await phone.click("section.request summary");
  await picture(phone, "91-this-was-not-me");
  await phone.click("section.request button.report");
  await phone.waitForSelector("text=Reported.");
  await picture(phone, "92-reported");
  await stranger.waitForSelector("text=This sign-in was turned down");
  await shot(stranger, "93-reported-sign-in");
  await stranger.context().close();
  const { value } = await graph("GET", `/identityProtection/riskDetections?$filter=userId eq '${user.id}'`);
  const reported = value.find(({ riskEventType }) => riskEventType === "userReportedSuspiciousActivity");
  assert.deepEqual([reported?.riskLevel, reported?.ipAddress], ["high", TOR]);
  assert.match(await phone.locator("#secure").getAttribute("href"), new RegExp(`sign_in=${reported.requestId}`));
  console.log("  a report ends the sign-in and raises the detection");
}

async function inGerman(user) {
  const german = await open(HOME, { ...PHONE, locale: "de-DE" });
  await german.goto(`${BASE_URL}/approve/#${"a".repeat(43)}`);
  await german.waitForSelector("text=Dieses Telefon registrieren");
  await picture(german, "94-german");
  await german.click("#pair button");
  await german.waitForSelector("text=Der Code ist abgelaufen");
  const { value } = await graph("GET", `/users/${user.id}/authentication/methods`);
  const method = value.find((method) => method["@odata.type"].endsWith("microsoftAuthenticatorAuthenticationMethod"));
  assert.equal(method.displayName, "Pocket");
  console.log("  in German, with a code that is none; Graph lists the phone");
}

await walk(async () => {
  const user = await newUser("pocket", PASSWORD);
  const desktop = await open(HOME, { javaScriptEnabled: true });
  const phone = await open(HOME, PHONE);
  await desktop.goto(`${BASE_URL}/security-info`);
  await signIn(desktop, user.userPrincipalName, PASSWORD);
  await desktop.waitForSelector("text=Add a phone");
  await register(desktop, phone);
  const policy = await graph("POST", "/identity/conditionalAccess/policies", {
    displayName: "Two proofs", state: "enabled", grantControls: { operator: "OR", builtInControls: ["mfa"] },
    conditions: { applications: { includeApplications: ["All"] }, users: { includeUsers: [user.id] } },
  });
  await approve(phone, user);
  await wrongNumber(phone, user);
  await turnDown(phone, user);
  await report(phone, user);
  await inGerman(user);
  await graph("DELETE", `/identity/conditionalAccess/policies/${policy.id}`);
});
