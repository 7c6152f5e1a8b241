// The time ribbon's range. Without this script the range is inert; the two step buttons and the
// date field do the same work.
(() => {
  "use strict";
  const range = document.querySelector(".vb-axis input[type=range]");
  const form = document.getElementById("choose-day");
  if (!range || !form) return;
  const field = form.elements.namedItem("on");
  const [firstYear, firstMonth] = range.dataset.first.split("-").map(Number);
  const today = range.dataset.today;
  const words = new Intl.DateTimeFormat(document.documentElement.lang, {
    day: "numeric", month: "long", year: "numeric", timeZone: "UTC",
  });
  const started = range.value;
  let byPointer = false;

  // The month of today stands for today itself, any other month for its first day.
  const dayOf = (months) => {
    const iso = new Date(Date.UTC(firstYear, firstMonth - 1 + Number(months), 1)).toISOString().slice(0, 10);
    return iso.slice(0, 7) === today.slice(0, 7) ? today : iso;
  };
  const tell = () => {
    const iso = dayOf(range.value);
    const [year, month, day] = iso.split("-");
    field.value = `${day}-${month}-${year}`;
    range.setAttribute("aria-valuetext", words.format(new Date(`${iso}T00:00:00Z`)));
    const share = `${(100 * Number(range.value)) / (Number(range.max) + 1)}%`;
    const axis = range.parentElement;
    axis.querySelectorAll(".c-stand").forEach((line) => {
      line.setAttribute("x1", share);
      line.setAttribute("x2", share);
    });
    axis.querySelectorAll(".c-stand-f").forEach((dot) => dot.setAttribute("cx", share));
  };

  range.disabled = false;
  range.addEventListener("pointerdown", () => { byPointer = true; });
  range.addEventListener("input", tell);
  range.addEventListener("change", () => {
    if (byPointer && range.value !== started) form.submit();
    byPointer = false;
  });
  range.addEventListener("keydown", (event) => {
    const step = { PageUp: 12, PageDown: -12 }[event.key];
    if (step) {
      event.preventDefault();
      range.value = String(Number(range.value) + step);
      tell();
    } else if (event.key === "Enter") {
      event.preventDefault();
      form.submit();
    }
  });
})();
