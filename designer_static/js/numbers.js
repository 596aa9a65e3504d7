/** Numbers as people write them. Text in, text out: a float would lose digits. */

const WIDE = "０１２３４５６７８９．－，";
const NARROW = "0123456789.-,";

/** Figures without separators, in narrow digits: "１，２３４.5" → "1234.5". */
export function plainNumber(written) {
  const narrow = [...written.trim()].map((one) => NARROW[WIDE.indexOf(one)] ?? one).join("");
  return narrow.replace(/[,\s¥￥]/g, "");
}

/**
 * With separators, and filled up to `scale` digits: "1234.5" → "1,234.50". What is no number stays as it is.
 * @param {string} written
 * @param {number | undefined} scale
 */
export function groupedNumber(written, scale) {
  const plain = plainNumber(written);
  const parts = /^(-?)0*(\d+?)(?:\.(\d*))?$/.exec(plain);
  if (!parts) return written.trim();
  const [, sign, whole, rest = ""] = parts;
  const fraction = scale ? rest.padEnd(scale, "0") : rest;
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return `${sign}${grouped}${fraction ? `.${fraction}` : ""}`;
}

/** Shows separators while an input is left alone, and none while somebody types in it. */
export function numbers(root) {
  const scaleOf = (input) => (input.dataset.scale === undefined ? undefined : Number(input.dataset.scale));
  for (const input of root.querySelectorAll("input[data-number]")) input.value = groupedNumber(input.value, scaleOf(input));
  root.addEventListener("focusin", (event) => {
    const input = event.target;
    if (input.matches("input[data-number]") && /,/.test(input.value)) {
      input.value = plainNumber(input.value);
      input.select();
    }
  });
  root.addEventListener("focusout", (event) => {
    const input = event.target;
    if (input.matches("input[data-number]") && input.value) input.value = groupedNumber(input.value, scaleOf(input));
  });
}
