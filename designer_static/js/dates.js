/** Calendars: flatpickr where there is a mouse, the phone's own picker where there is a finger. */

const FINGER = matchMedia("(pointer: coarse)").matches;

/** @param {HTMLElement} root */
export function dates(root) {
  // Made when first needed: a table may hold hundreds.
  root.addEventListener("focusin", (event) => {
    const input = event.target;
    if (!input.matches("input[data-date]") || input._flatpickr || input.dataset.native) return;
    if (FINGER) ownPicker(input);
    else calendar(input).open();
  });
}

function calendar(input) {
  const timed = input.dataset.date === "datetime";
  return flatpickr(input, {
    allowInput: true,
    disableMobile: true,
    enableTime: timed,
    time_24hr: true,
    dateFormat: timed ? "Y-m-d H:i" : "Y-m-d",
    minDate: input.dataset.min,
    maxDate: input.dataset.max,
    locale: document.documentElement.lang.startsWith("zh") ? flatpickr.l10ns.zh : undefined,
    // In a modal dialog only what is inside it can be clicked.
    appendTo: input.closest("dialog") ?? undefined,
  });
}

function ownPicker(input) {
  const { value } = input;
  const timed = input.dataset.date === "datetime";
  input.dataset.native = "";
  input.type = timed ? "datetime-local" : "date";
  input.value = timed ? value.replace(" ", "T") : value;
  if (input.dataset.min) input.min = input.dataset.min;
  if (input.dataset.max) input.max = input.dataset.max;
}
