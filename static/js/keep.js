"use strict";
// What somebody types in the questionnaire is kept on the way: it comes back after a reload or in another tab.
(() => {
  const form = document.querySelector("form[data-keep]");
  const status = document.getElementById("kept");
  if (!form || !status) return;
  const PAUSE = 1500, AGAIN = 10000;
  let edits = 0, kept = 0, timer = 0, running = null;

  const say = (key) => { status.textContent = key ? status.dataset[key] : ""; };
  const later = (delay) => { clearTimeout(timer); timer = setTimeout(keep, delay); };

  function keep() {
    clearTimeout(timer);
    if (running || edits === kept) return;
    const sent = edits, body = new URLSearchParams(new FormData(form));
    body.set("action", "keep");
    running = fetch(location.href, { method: "POST", body, keepalive: true, redirect: "error" }).then((answer) => {
      if (answer.status === 204) {
        kept = sent;
        form.elements.seen.value = answer.headers.get("X-Seen");
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

  form.addEventListener("input", () => { edits += 1; say(); later(PAUSE); });
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
  document.addEventListener("visibilitychange", () => { if (document.hidden) keep(); });
  addEventListener("pagehide", keep);
})();
