/** The print page. */

document.querySelector("[data-print]")?.addEventListener("click", () => print());
