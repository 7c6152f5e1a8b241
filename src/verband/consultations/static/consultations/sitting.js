// Keeps a part of the page fresh, and lets its clock run. Never moves the focus of its own accord.
(() => {
  "use strict";
  const EVERY = 2000, SLOWEST = 30000;
  const live = document.querySelector("[data-live]");
  if (!live) return;
  const find = (name) => document.querySelector(`[data-${name}]`);
  const own = "own" in live.dataset;
  let tag = live.dataset.version ? `"${live.dataset.version}"` : "";
  let wait = EVERY, ahead = 0, announced = said();

  // What is read out: only a new vote and a result.
  function said() {
    const part = live.querySelector("[data-announce]");
    return part ? part.dataset.announce : "";
  }

  function show(html) {
    const at = document.activeElement, id = live.contains(at) ? at.id : "";
    const open = [...live.querySelectorAll("details[open]")].map((part) => part.id);
    const fresh = document.createElement("template");
    fresh.innerHTML = html;
    live.replaceChildren(fresh.content);
    open.forEach((name) => {
      const part = document.getElementById(name);
      if (part) part.open = true;
    });
    // The element that had the focus was replaced: its successor keeps it.
    if (at && at !== document.body && !at.isConnected) {
      const next = document.getElementById(id) || live.querySelector("h2");
      if (next) {
        if (!next.matches("a, button, summary")) next.tabIndex = -1;
        next.focus({ preventScroll: true });
      }
    }
    const now = said(), place = find("announced");
    if (place && now && now !== announced) place.textContent = now;
    announced = now;
    tick();
  }

  function tick() {
    const clock = live.querySelector("[data-closes]");
    if (!clock) return;
    const left = Math.max(0, Date.parse(clock.dataset.closes) - (Date.now() + ahead));
    const seconds = Math.ceil(left / 1000);
    const words = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    const shown = clock.querySelector("[data-left]");
    if (shown.textContent !== words) shown.textContent = words;
  }

  async function look() {
    if (document.hidden) return;
    const headers = tag ? { "If-None-Match": tag } : {};
    const credentials = own ? "same-origin" : "omit";
    const answer = await fetch(live.dataset.live, { headers, credentials, cache: "no-store" });
    if (answer.status !== 304 && !answer.ok) throw new Error(String(answer.status));
    // The clock of this device may be wrong; the association's counts.
    const now = Date.parse(answer.headers.get("X-Now"));
    if (now) ahead = now - Date.now();
    if (answer.status === 200) {
      tag = answer.headers.get("ETag") || "";
      show(await answer.text());
    }
  }

  async function again() {
    try {
      await look();
      wait = EVERY;
      lost(false);
    } catch {
      wait = Math.min(SLOWEST, wait * 2);
      lost(true);
    }
    setTimeout(again, wait * (0.9 + Math.random() * 0.2));
  }

  function lost(is) {
    const place = find("lost");
    if (place) place.hidden = !is;
  }

  const plain = find("plain"), kept = find("fresh");
  if (plain) plain.hidden = true;
  if (kept) kept.hidden = false;
  setInterval(tick, 500);
  setTimeout(again, own ? 0 : EVERY * Math.random());
})();
