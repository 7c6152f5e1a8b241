// Sending a vote over a connection that may drop. The form carries a token, so that sending it again
// is harmless; only the page with the receipt says that it was cast. Without this script the form is
// sent as any other.
(() => {
  "use strict";
  const AGAIN = 5000; // milliseconds between attempts while the browser believes it is connected
  const native = HTMLFormElement.prototype.submit;

  const say = (status, words) => {
    status.textContent = words;
    status.classList.toggle("vb-error", words !== "");
    if (words) status.focus();
  };

  document.querySelectorAll("form[data-sends]").forEach((form) => {
    const status = form.querySelector("[data-sending]");
    if (!status || !window.fetch) return;
    let body = null;
    let sender = null;
    let timer = 0;
    let sending = false;

    const fail = (words) => {
      sending = false;
      delete form.dataset.sent;
      say(status, words);
      clearTimeout(timer);
      timer = setTimeout(send, AGAIN);
    };

    const send = async () => {
      if (!body || sending) return;
      if (!navigator.onLine) {
        fail(status.dataset.offline);
        return;
      }
      sending = true;
      try {
        const answer = await fetch(form.action, {
          method: "POST", body, credentials: "same-origin", redirect: "follow",
        });
        if (answer.redirected && answer.ok) {
          window.location.assign(answer.url);
          return;
        }
        // Anything else (a refusal, signing in again) is shown by sending it once more as a page.
        const field = document.createElement("input");
        field.type = "hidden";
        field.name = sender.name;
        field.value = sender.value;
        form.append(field);
        native.call(form);
      } catch {
        fail(navigator.onLine ? status.dataset.broken : status.dataset.offline);
      }
    };

    form.addEventListener("submit", (event) => {
      if (event.defaultPrevented || !event.submitter || "plain" in event.submitter.dataset) return;
      event.preventDefault();
      sender = event.submitter;
      body = new URLSearchParams(new FormData(form));
      body.set(sender.name, sender.value);
      say(status, "");
      send();
    });
    window.addEventListener("online", () => {
      if (!body || sending) return;
      clearTimeout(timer);
      say(status, status.dataset.again);
      send();
    });
  });

  // A step that sends nothing lasting only waits for the connection.
  document.querySelectorAll("form[data-waits]").forEach((form) => {
    const status = form.querySelector("[data-sending]");
    if (!status) return;
    form.addEventListener("submit", (event) => {
      if (navigator.onLine) return;
      event.preventDefault();
      delete form.dataset.sent;
      say(status, status.dataset.wait);
    });
    window.addEventListener("online", () => {
      if (status.textContent) say(status, status.dataset.back);
    });
  });
})();
