// Taking pictures with a phone: the computer watches for them, the phone sends them one by one and drags
// the edges. Without scripts the same forms post, and a link refreshes.

const watched = document.querySelector("[data-scan-state]");
if (watched) {
  const words = watched.querySelector("[data-scan-words]");
  const look = async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(watched.dataset.scanState, { headers: { Accept: "application/json" } });
      const { state, pages } = await answer.json();
      if (state !== "open") {
        clearInterval(clock);
        window.location.reload();
      } else if (pages) {
        words.textContent = `手机上已经拍了 ${pages} 页，还没有确认。`;
      }
    } catch {
      words.textContent = "网络断开了，连上后会自动再看。";
    }
  };
  const clock = setInterval(look, 3000);
}

const form = document.querySelector("form[data-scan-take]");
if (form) {
  const input = form.querySelector("input[type=file]");
  const words = form.querySelector("[data-scan-words]");
  const limit = Number(form.dataset.limit);
  const send = async (file) => {
    if (limit && file.size > limit) return `${file.name}：照片太大，请调低相机分辨率再拍`;
    const body = new FormData(form);
    body.delete("file");
    body.append("file", file, file.name);
    try {
      const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
      if (answer.ok) return "";
      return (await answer.json().catch(() => ({}))).detail ?? "没有传成，请再试一次";
    } catch {
      return "网络断开了，请再试一次";
    }
  };
  form.querySelector("[data-scan-send]").hidden = true;
  input.addEventListener("change", async () => {
    const files = [...input.files];
    form.setAttribute("aria-busy", "true");
    for (const [index, file] of files.entries()) {
      words.textContent = `正在上传第 ${index + 1} 张，共 ${files.length} 张`;
      const refusal = await send(file);
      if (refusal) {
        form.removeAttribute("aria-busy");
        words.textContent = refusal;
        words.className = "field-error";
        return;
      }
    }
    window.location.reload();
  });
  if (matchMedia("(pointer: coarse)").matches) {
    const camera = form.querySelector("[data-scan-camera]");
    camera.hidden = false;
    camera.addEventListener("click", () => {
      input.setAttribute("capture", "environment");
      input.click();
      input.removeAttribute("capture");
    });
  }
}

const cut = document.querySelector("[data-scan-cut]");
if (cut) {
  const picture = cut.querySelector("img");
  const edges = Object.fromEntries(
    [...document.querySelectorAll("[data-edge]")].map((field) => [field.dataset.edge, field]),
  );
  const canvas = document.createElement("canvas");
  canvas.setAttribute("aria-hidden", "true"); // the fields below say the same
  const share = (name) => Math.min(45, Math.max(0, Number(edges[name].value) || 0)) / 100;
  const box = () => ({
    left: canvas.width * share("left"),
    top: canvas.height * share("top"),
    right: canvas.width * (1 - share("right")),
    bottom: canvas.height * (1 - share("bottom")),
  });
  const draw = () => {
    const pen = canvas.getContext("2d");
    const { left, top, right, bottom } = box();
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    pen.fillStyle = "rgb(0 0 0 / 55%)";
    pen.fillRect(0, 0, canvas.width, top);
    pen.fillRect(0, bottom, canvas.width, canvas.height - bottom);
    pen.fillRect(0, top, left, bottom - top);
    pen.fillRect(right, top, canvas.width - right, bottom - top);
    pen.strokeStyle = getComputedStyle(document.documentElement).getPropertyValue("--focus");
    pen.lineWidth = 3 * devicePixelRatio;
    pen.strokeRect(left, top, right - left, bottom - top);
  };
  const begin = () => {
    canvas.width = picture.clientWidth * devicePixelRatio;
    canvas.height = picture.clientHeight * devicePixelRatio;
    picture.after(canvas);
    picture.classList.add("visually-hidden");
    document.querySelector("[data-scan-drag]").hidden = false;
    draw();
  };
  let held = "";
  const place = (event) => {
    const frame = canvas.getBoundingClientRect();
    return { x: (event.clientX - frame.left) / frame.width, y: (event.clientY - frame.top) / frame.height };
  };
  canvas.addEventListener("pointerdown", (event) => {
    const { x, y } = place(event);
    const far = {
      left: Math.abs(x - share("left")),
      right: Math.abs(1 - x - share("right")),
      top: Math.abs(y - share("top")),
      bottom: Math.abs(1 - y - share("bottom")),
    };
    held = Object.keys(far).sort((one, other) => far[one] - far[other])[0];
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!held) return;
    const { x, y } = place(event);
    const cutOff = { left: x, right: 1 - x, top: y, bottom: 1 - y }[held];
    edges[held].value = (Math.min(0.45, Math.max(0, cutOff)) * 100).toFixed(1);
    draw();
  });
  for (const name of ["pointerup", "pointercancel"]) canvas.addEventListener(name, () => (held = ""));
  for (const field of Object.values(edges)) field.addEventListener("input", draw);
  if (picture.complete) begin();
  else picture.addEventListener("load", begin);
}
