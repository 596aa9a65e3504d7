/** The preview's seat: node, person and width; the frame shows the form from there. */

import { choosers } from "../choosers.js";

const form = document.querySelector("[data-preview]");
const frame = document.querySelector("iframe");
const seat = form.querySelector("[data-seat]");
const person = form.querySelector("[data-person]");

choosers(form);
seat.addEventListener("change", show);
person.addEventListener("change", show);
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("click", (event) => {
  const button = event.target.closest("[data-width]");
  if (!button) return;
  for (const one of form.querySelectorAll("[data-width]")) one.setAttribute("aria-pressed", one === button);
  frame.classList.toggle("is-phone", button.dataset.width === "phone");
});

function show() {
  const [flow, node] = seat.value.split("/");
  const asked = new URLSearchParams({ flow, node, person: person.value });
  frame.src = `${location.pathname}/sheet?${asked}`;
  history.replaceState(null, "", `?${asked}`);
}
