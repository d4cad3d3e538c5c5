"use strict";
// Autosave: htmx sends the form, this says how it went, tries again, and keeps people from leaving too early.
(() => {
  const form = document.querySelector("form[data-autosave]");
  const status = document.getElementById("save-status");
  if (!form || !status || !window.htmx) return;
  const FIRST_WAIT = 2000, LONGEST_WAIT = 30000, SHOWN = 5000;
  let edits = 0, sent = 0, saved = 0, timer = 0, wait = FIRST_WAIT, goingTo = "", renewed = false, byArrow = false, fading = 0;
  let busy = false, leaving = null, pressed = null;

  const dirty = () => edits !== saved;
  const say = (key) => { status.textContent = status.dataset[key]; };
  const isPage = (xhr) => /<html/i.test(xhr.responseText);
  const save = () => { clearTimeout(timer); htmx.trigger(form, "save"); };
  const later = (delay) => { clearTimeout(timer); timer = setTimeout(save, delay); };
  const soon = () => { later(wait); wait = Math.min(2 * wait, LONGEST_WAIT); };

  for (const name of ["input", "change"]) {
    form.addEventListener(name, (event) => {
      if (event.target.type === "file") return event.stopPropagation(); // sent by its own button only
      edits += 1;
      // An arrow key chooses every radio button on its way: only what one leaves it at is meant.
      if (event.target.type === "radio" && byArrow) event.stopPropagation();
    }, true);
  }
  form.addEventListener("keydown", (event) => {
    byArrow = event.target.type === "radio" && event.key.startsWith("Arrow");
  });
  form.addEventListener("keyup", (event) => {
    byArrow = false;
    // The space bar on what an arrow key has chosen changes nothing, and says that it is meant.
    if (event.target.type === "radio" && event.key === " " && dirty()) save();
  });
  form.addEventListener("focusout", (event) => {
    const { target, relatedTarget: next } = event;
    if (target.type === "radio" && dirty() && next?.name !== target.name) save();
  });
  form.addEventListener("htmx:beforeRequest", () => {
    clearTimeout(timer);
    busy = true;
    sent = edits;
    // Not for every key stroke: the words are read out.
    if (!status.classList.contains("is-unsaved")) say("saving");
  });
  form.addEventListener("htmx:afterRequest", (event) => {
    busy = false;
    const code = event.detail.xhr.status;
    const good = code >= 200 && code < 300;
    status.classList.toggle("is-unsaved", !good);
    if (good) {
      saved = sent;
      wait = FIRST_WAIT;
      renewed = false;
      clearTimeout(fading);
      fading = setTimeout(() => { if (!dirty()) status.textContent = ""; }, SHOWN);
      if (goingTo && !dirty()) location.assign(goingTo);
    } else if (code === 0 || code >= 500 || code === 429) {
      say(navigator.onLine ? "retry" : "offline");
      soon();
    } else if (code === 401) {
      // Signed in anew: the answer has brought what the next try needs, so there is nothing to wait for.
      if (event.detail.xhr.responseText.includes("data-again") && !renewed) { renewed = true; later(0); } else soon();
    } else if (isPage(event.detail.xhr)) {
      say("failed");
    }
    if (document.hidden) leave(); // typed since
    // The message grew its line: what one is writing in must not be under it. Of a box for text browsers keep only the
    // line one writes in clear of it, and the box begins above that.
    const head = document.querySelector(".answers-head");
    if (head) document.documentElement.style.scrollPaddingBlockStart = `${head.offsetHeight + 24}px`;
    if (form.contains(document.activeElement)) document.activeElement.scrollIntoView({ block: "nearest" });
    if (!good && goingTo) location.assign(goingTo); // the browser asks whether to leave
    if (!good) goingTo = "";
  });
  // An error page is no message for the status line, which may stand outside the form.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target === status && isPage(event.detail.xhr)) event.detail.shouldSwap = false;
  });
  // Words that come while something is pressed may move it away from under the pointer: it is meant all the same.
  addEventListener("pointerdown", ({ target, button }) => {
    const control = button === 0 && target.closest?.("button, label, summary, a[href], input");
    pressed = control && form.contains(control) ? { control, box: control.getBoundingClientRect() } : null;
  }, true);
  addEventListener("pointerup", ({ target, clientX: x, clientY: y }) => {
    if (!pressed) return;
    const { control, box } = pressed, stayed = x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
    pressed = null;
    if (stayed && !control.contains(target)) control.click();
  }, true);
  // An answer to an earlier change that comes now must not bring the browser to ask whether to leave.
  form.addEventListener("submit", () => { saved = sent = edits; });
  // By then htmx listens too.
  addEventListener("DOMContentLoaded", () => {
    if (!edits && typedEarly(form)) edits += 1;
    if (dirty()) later(FIRST_WAIT);
  });
  addEventListener("online", () => { if (dirty()) save(); });
  addEventListener("offline", () => { if (dirty()) say("offline"); });
  // The page may never come back: sent so that it arrives without it. If it does, it must know what it saved.
  const leave = () => {
    if (!dirty() || busy || leaving) return;
    clearTimeout(timer);
    const left = edits, typed = [...new FormData(form)].filter(([, value]) => typeof value === "string");
    const body = new URLSearchParams(typed), keepalive = `${body}`.length < 60000; // no more outlives its page
    const options = { method: "POST", body, headers: { "HX-Request": "true" }, keepalive };
    leaving = fetch(form.getAttribute("action"), options).then(async (answer) => {
      const text = await answer.text();
      if (!answer.ok || /<html/i.test(text)) return;
      saved = left;
      htmx.swap(status, text, { swapStyle: "innerHTML" });
    }).catch(() => {}).finally(() => { leaving = null; });
  };
  const come = () => { if (dirty()) save(); };
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) leave(); else if (leaving) leaving.then(come); else come();
  });
  addEventListener("pagehide", leave);
  addEventListener("beforeunload", (event) => { if (dirty()) event.preventDefault(); });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (!link || !plain || link.target || link.origin !== location.origin || !dirty()) return;
    if (link.pathname === location.pathname && link.hash) return;
    event.preventDefault(); // save first, then go
    goingTo = link.href;
    save();
  });
})();
