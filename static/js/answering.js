"use strict";
// One press for all lines of a list that are still open.
(() => {
  for (const row of document.querySelectorAll(".all-lines")) {
    const lines = [...row.parentElement.querySelectorAll(":scope > .option-line")];
    const open = () => lines.filter((line) => !line.querySelector("input[type=radio]:checked:not([value=''])"));
    const show = () => { row.hidden = open().length < 2; };
    row.addEventListener("click", (event) => {
      const value = event.target.closest("[data-all]")?.dataset.all;
      if (value === undefined) return;
      let last = null;
      for (const line of open()) {
        last = [...line.querySelectorAll("input[type=radio]")].find((radio) => radio.value === value) ?? last;
        if (last) last.checked = true;
      }
      last?.focus(); // the row goes
      last?.dispatchEvent(new Event("change", { bubbles: true }));
    });
    row.parentElement.addEventListener("change", show);
    show();
  }
})();
