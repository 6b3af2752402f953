// Woken by a push: shows a notice, which opens the page. What waits is not in the message; the page asks for it.
"use strict";

const PAGE = "/approve/";

self.addEventListener("push", (event) => {
  const options = { body: TEXTS.body, tag: "approval", icon: "/signin/assets/icon.svg", requireInteraction: true };
  event.waitUntil(self.registration.showNotification(TEXTS.title, options));
});

async function openPage() {
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const known = windows.find((client) => new URL(client.url).pathname === PAGE);
  return known ? known.focus() : self.clients.openWindow(PAGE);
}

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(openPage());
});
