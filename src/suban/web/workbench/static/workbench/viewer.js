// The material viewer: one pane at a time, zoom and turn for images, keys. Without it, links reload the page.

for (const viewer of document.querySelectorAll("[data-viewer]")) {
  const panes = [...viewer.querySelectorAll("[data-pane]")];
  const links = [...viewer.querySelectorAll("[data-open]")];
  const looks = new Map(panes.map((pane) => [pane, { zoom: 1, turn: 0 }]));

  const current = () => panes.find((pane) => !pane.hidden);

  const show = (key) => {
    for (const pane of panes) {
      pane.hidden = pane.dataset.pane !== key;
      const frame = pane.querySelector("iframe[data-src]");
      if (!pane.hidden && frame) {
        frame.src = frame.dataset.src;
        frame.removeAttribute("data-src");
      }
    }
    for (const link of links) {
      if (link.dataset.open === key) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };

  const apply = (pane, change) => {
    const image = pane?.querySelector("[data-image] img");
    if (!image) return;
    const look = looks.get(pane);
    change(look);
    image.style.setProperty("--zoom", look.zoom);
    image.style.setProperty("--turn", look.turn);
    image.toggleAttribute("data-lying", look.turn % 2 === 1);
  };
  const zoom = (pane, factor) => apply(pane, (look) => {
    look.zoom = Math.max(0.25, Math.min(6, look.zoom * factor));
  });
  const turn = (pane) => apply(pane, (look) => { look.turn = (look.turn + 1) % 4; });
  const fit = (pane) => apply(pane, (look) => { look.zoom = 1; look.turn = 0; });
  const step = (by) => {
    if (!panes.length) return;
    const at = panes.indexOf(current());
    show(panes[(at + by + panes.length) % panes.length].dataset.pane);
  };

  for (const link of links) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      show(link.dataset.open);
      history.replaceState(null, "", link.href);
    });
  }
  for (const pane of panes) {
    for (const button of pane.querySelectorAll("button")) button.hidden = false;
    pane.querySelector("[data-zoom=in]")?.addEventListener("click", () => zoom(pane, 1.25));
    pane.querySelector("[data-zoom=out]")?.addEventListener("click", () => zoom(pane, 0.8));
    pane.querySelector("[data-turn]")?.addEventListener("click", () => turn(pane));
    pane.querySelector("[data-fit]")?.addEventListener("click", () => fit(pane));
  }

  const keys = {
    "[": () => step(-1),
    "]": () => step(1),
    "+": () => zoom(current(), 1.25),
    "=": () => zoom(current(), 1.25),
    "-": () => zoom(current(), 0.8),
    r: () => turn(current()),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    event.preventDefault();
    keys[event.key]();
  });
  const hint = viewer.querySelector("[data-hint]");
  if (hint && panes.length) hint.hidden = false;
}
