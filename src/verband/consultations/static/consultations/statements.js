// How many characters are left, said while typing, and to a screen reader only when somebody pauses.
(() => {
  "use strict";
  const PAUSE = 700; // milliseconds
  document.querySelectorAll("textarea[data-most]").forEach((field) => {
    const told = document.getElementById(field.dataset.count);
    if (!told) return;
    const seen = document.createElement("span");
    const heard = document.createElement("span");
    seen.setAttribute("aria-hidden", "true");
    heard.className = "vb-sr";
    told.append(seen, heard);
    let timer = 0;
    const count = () => {
      const length = [...field.value.trim().replace(/\s+/g, " ")].length;
      const left = Number(field.dataset.most) - length;
      const words = `${Math.abs(left)} ${left < 0 ? told.dataset.over : told.dataset.left}`;
      seen.textContent = words;
      told.classList.toggle("vb-st-over", left < 0);
      clearTimeout(timer);
      timer = setTimeout(() => { heard.textContent = words; }, PAUSE);
    };
    field.addEventListener("input", count);
    count();
  });
})();
