// Uploads with progress, one line per file, and the camera on phones. Without scripts the same form posts.

const size = (bytes) =>
  bytes < 1048576 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1048576).toFixed(1)} MB`;

function line(form, name) {
  const holder = document.createElement("div");
  holder.className = "upload-line";
  const words = document.createElement("p");
  words.setAttribute("role", "status");
  const bar = document.createElement("progress");
  bar.className = "upload-progress";
  bar.max = 100;
  bar.value = 0;
  bar.setAttribute("aria-label", `${name} 上传进度`);
  holder.append(words, bar);
  form.append(holder);
  return { words, bar, holder };
}

function send(form, file) {
  const { words, bar, holder } = line(form, file.name);
  const fail = (message) => {
    holder.classList.add("field-error");
    words.textContent = `${file.name}：${message}`;
    bar.remove();
  };
  const limit = Number(form.dataset.limit);
  if (limit && file.size > limit) {
    fail(`文件有 ${size(file.size)}，超过 ${size(limit)} 的限制，请压缩后再传`);
    return Promise.resolve(false);
  }
  const body = new FormData(form);
  body.delete("file");
  body.append("file", file, file.name);
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", (event) => {
      const percent = event.total ? Math.floor((event.loaded / event.total) * 100) : 0;
      bar.value = percent;
      words.textContent = percent < 100 ? `${file.name} 上传中 ${percent} %` : `${file.name} 正在检查`;
    });
    request.addEventListener("load", () => {
      if (request.status < 300) {
        words.textContent = `${file.name} 已上传`;
        resolve(true);
        return;
      }
      let message = "没有传成，请再试一次";
      try {
        message = JSON.parse(request.responseText).detail ?? message;
      } catch {
        if (request.status === 413) message = "文件太大，请压缩后再传";
      }
      fail(message);
      resolve(false);
    });
    request.addEventListener("error", () => {
      fail("网络断开了，请检查网络后再试一次");
      resolve(false);
    });
    request.send(body);
  });
}

async function sendAll(form, files) {
  form.setAttribute("aria-busy", "true");
  let good = true;
  for (const file of files) good = (await send(form, file)) && good;
  form.removeAttribute("aria-busy");
  // The server says what the list now holds; a failed file keeps its words on the page.
  if (good) window.location.replace(`${window.location.pathname}#${form.closest("[id]")?.id ?? ""}`), window.location.reload();
}

for (const form of document.querySelectorAll("form[data-upload]")) {
  const input = form.querySelector("input[type=file]");
  form.querySelector("[type=submit]").hidden = true;
  input.addEventListener("change", () => {
    if (input.files.length) sendAll(form, [...input.files]);
  });
  for (const name of ["dragover", "dragleave", "drop"]) {
    form.addEventListener(name, (event) => {
      event.preventDefault();
      form.classList.toggle("is-over", name === "dragover");
      if (name === "drop") sendAll(form, [...event.dataTransfer.files]);
    });
  }
  const camera = form.querySelector("[data-camera]");
  if (camera && matchMedia("(pointer: coarse)").matches) {
    camera.hidden = false;
    camera.addEventListener("click", () => {
      input.setAttribute("capture", "environment");
      input.click();
      input.removeAttribute("capture");
    });
  }
}
