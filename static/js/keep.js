"use strict";
// What somebody types in the questionnaire is kept on the way: it comes back after a reload or in another tab.
(() => {
  const form = document.querySelector("form[data-keep]");
  const status = document.getElementById("kept");
  if (!form || !status) return;
  const PAUSE = 1500, AGAIN = 10000, MOST = 60000; // a browser lets no more outlive its page
  let edits = 0, kept = 0, timer = 0, running = null;

  const say = (key) => { status.textContent = key ? status.dataset[key] : ""; };
  const later = (delay) => { clearTimeout(timer); timer = setTimeout(() => { keep(false); }, delay); };

  // When the page is left, what was typed since is sent although the last answer is not there yet: it may never come.
  function keep(leaving) {
    clearTimeout(timer);
    if (edits === kept || (running && !leaving)) return;
    const sent = edits, body = new URLSearchParams(new FormData(form));
    body.set("action", leaving ? "leave" : "keep");
    running = fetch(location.href, { method: "POST", body, keepalive: `${body}`.length < MOST, redirect: "error" }).then((answer) => {
      if (answer.status === 204) {
        kept = sent;
        const seen = answer.headers.get("X-Seen");
        if (seen) form.elements.seen.value = seen;
        say(edits === kept ? "done" : "");
      } else {
        say("failed"); // what is wrong is said when the page is sent
      }
      return answer.status === 204 || answer.status >= 500;
    }, () => { say("failed"); return true; }).then((again) => {
      running = null;
      if (again && edits !== kept) later(edits === sent ? AGAIN : PAUSE);
    });
  }

  const changed = () => { edits += 1; say(); later(PAUSE); };
  form.addEventListener("input", changed);
  if (typedEarly(form)) changed();
  // Sent together with what is being kept, the page would not know its own words again.
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (running) {
      event.preventDefault();
      const { submitter } = event;
      running.then(() => { form.requestSubmit(submitter); });
    } else {
      kept = edits;
    }
  });
  document.addEventListener("visibilitychange", () => { if (document.hidden) keep(true); });
  addEventListener("pagehide", () => { keep(true); });
})();
