// Keys of dense lists: j and k move, Enter opens, x ticks. Rows: tr[data-href] in table[data-keys].

const typing = (target) => target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");

for (const table of document.querySelectorAll("table[data-keys]")) {
  const rows = [...table.querySelectorAll("tbody tr")];
  let at = -1;
  const move = (to) => {
    if (!rows.length) return;
    at = Math.max(0, Math.min(rows.length - 1, to));
    for (const row of rows) row.classList.remove("is-here");
    rows[at].classList.add("is-here");
    const link = rows[at].querySelector("a");
    (link ?? rows[at]).focus({ preventScroll: true });
    rows[at].scrollIntoView({ block: "nearest" });
  };
  const actions = {
    j: () => move(at + 1),
    k: () => move(at - 1),
    x: () => rows[at]?.querySelector("input[type=checkbox]")?.click(),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });
}
