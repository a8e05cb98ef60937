// What pages gain when scripts run; everything works without.

// An error summary takes the focus, so that it is read out first.
const summary = document.getElementById("error-summary");
if (summary) summary.focus();

// One press of a submit button is enough; the server refuses doubles anyway.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, 8000);
});
window.addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});

// Choices that apply themselves (filters) say so; the button stays for everyone else.
for (const form of document.querySelectorAll("form[data-apply-at-once]")) {
  form.addEventListener("change", () => form.requestSubmit());
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = "已复制";
  });
}

// Fields that only matter after a certain answer: hidden until then. Without scripts all are shown.
for (const part of document.querySelectorAll("[data-shown-by]")) {
  const { shownBy, shownFor, hiddenFor } = part.dataset;
  const inputs = [...document.querySelectorAll(`[name="${CSS.escape(shownBy)}"]`)];
  const decide = () => {
    const answers = inputs
      .filter((input) => !["radio", "checkbox"].includes(input.type) || input.checked)
      .map((input) => input.value);
    part.hidden = hiddenFor === undefined ? !answers.includes(shownFor) : answers.includes(hiddenFor);
  };
  for (const input of inputs) input.addEventListener("change", decide);
  decide();
}
