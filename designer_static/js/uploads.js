/**
 * Files are sent as soon as they are chosen or dropped, and the form refers to them by id:
 *   POST multipart {file} → {id, name, size, url, thumbnail}
 */

import { csrfToken } from "./request.js";
import { text } from "./texts.js";
import { toast } from "./toast.js";

let sending = 0;

/** Whether a file is still on its way. */
export const uploading = () => sending > 0;

/** @param {HTMLFormElement} form */
export function uploads(form) {
  const url = form.dataset.upload;
  form.addEventListener("click", (event) => {
    if (event.target.closest("[data-choose-file]")) boxOf(event.target).querySelector("input[type=file]").click();
    const gone = event.target.closest("[data-remove-file]");
    if (!gone) return;
    const box = boxOf(gone);
    gone.closest("[data-file]").remove();
    changed(box);
    box.querySelector("[data-choose-file]").focus();
  });
  form.addEventListener("change", (event) => {
    if (event.target.type !== "file") return;
    take(boxOf(event.target), event.target.files);
    event.target.value = "";
  });
  form.addEventListener("dragover", (event) => {
    const box = boxOf(event.target);
    if (!box || !event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    box.classList.add("is-over");
  });
  form.addEventListener("dragleave", (event) => boxOf(event.target)?.classList.remove("is-over"));
  form.addEventListener("drop", (event) => {
    const box = boxOf(event.target);
    if (!box || !event.dataTransfer.files.length) return;
    event.preventDefault();
    box.classList.remove("is-over");
    take(box, event.dataTransfer.files);
  });

  function take(box, files) {
    const list = [...files];
    for (const file of box.hasAttribute("data-single") ? list.slice(0, 1) : list) {
      const reason = refusal(box, file);
      if (reason) toast(reason, { tone: "bad" });
      else deliver(box, file);
    }
  }

  function deliver(box, file) {
    const chip = chipOf(file.name);
    const bar = document.createElement("progress");
    bar.max = 1;
    chip.append(bar);
    if (box.hasAttribute("data-single")) for (const former of box.querySelectorAll("[data-file]")) former.remove();
    box.querySelector("[data-choose-file]").before(chip);
    sending += 1;
    const call = new XMLHttpRequest();
    call.open("POST", url);
    call.responseType = "json";
    call.setRequestHeader("X-CSRFToken", csrfToken());
    call.setRequestHeader("Accept", "application/json");
    call.upload.addEventListener("progress", (event) => { bar.value = event.loaded / event.total; });
    call.addEventListener("loadend", () => {
      sending -= 1;
      chip.remove();
      if (call.status === 201 || call.status === 200) {
        box.querySelector("[data-choose-file]").before(finished(box, call.response));
        changed(box);
      } else {
        const reason = call.response?.message ?? text("network");
        toast(text("file_failed", { name: file.name, reason }), { tone: "bad" });
      }
    });
    const body = new FormData();
    body.append("file", file);
    call.send(body);
  }
}

const boxOf = (element) => element.closest?.("[data-files]");

function changed(box) {
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Why a file is not even sent; the server looks again, by content. */
function refusal(box, file) {
  const input = box.querySelector("input[type=file]");
  const most = Number(input.dataset.most);
  if (most && file.size > most) return text("file_too_large", { name: file.name, size: `${Math.round(most / 1048576)} MB` });
  const allowed = input.accept.split(",").map((one) => one.trim().toLowerCase()).filter(Boolean);
  const fits = allowed.some((one) => (one.startsWith(".") ? file.name.toLowerCase().endsWith(one) : file.type === one));
  return allowed.length && !fits ? text("file_type", { name: file.name }) : "";
}

function chipOf(name) {
  const chip = document.createElement("span");
  chip.className = "file";
  const label = document.createElement("span");
  label.className = "cut";
  label.textContent = name;
  chip.append(label);
  return chip;
}

function finished(box, { id, name, size, url, thumbnail }) {
  const picture = box.dataset.files === "image";
  const chip = document.createElement("span");
  chip.className = picture ? "picture" : "file";
  chip.dataset.file = id;
  const link = document.createElement("a");
  link.href = url;
  link.title = name;
  if (picture) {
    const image = new Image();
    image.src = thumbnail || url;
    image.alt = name;
    link.append(image);
  } else {
    link.textContent = name;
  }
  const remove = document.createElement("button");
  remove.type = "button";
  remove.dataset.removeFile = "";
  remove.setAttribute("aria-label", `${text("remove")} ${name}`);
  remove.textContent = "×";
  const note = document.createElement("small");
  note.textContent = size;
  chip.append(link, ...(picture ? [] : [note]), remove);
  return chip;
}
