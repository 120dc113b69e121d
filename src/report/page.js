"use strict";
(() => {
  const form = document.getElementById("filters");
  const rule = document.getElementById("rule");
  const words = document.getElementById("words");
  const shown = document.getElementById("shown");
  const levels = [...form.querySelectorAll("input[type=checkbox]")];
  const findings = [...document.querySelectorAll(".finding")];
  const texts = findings.map((f) => f.textContent.toLowerCase());
  const filter = () => {
    const on = new Set(levels.filter((l) => l.checked).map((l) => l.value));
    const sought = words.value.toLowerCase().trim();
    let count = 0;
    findings.forEach((f, i) => {
      const fits = (!rule.value || f.dataset.rule === rule.value) && on.has(f.dataset.severity) && texts[i].includes(sought);
      f.hidden = !fits;
      count += fits ? 1 : 0;
    });
    shown.textContent = count + " of " + findings.length;
  };
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  filter();
})();
