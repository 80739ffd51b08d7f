"use strict";
// Reading needs none of this: it only filters and sorts the table of claims.
(() => {
  document.documentElement.classList.add("scripted");
  const table = document.querySelector(".claims");
  if (!table) return;
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const shown = document.querySelector("#shown");
  document.querySelector("#filter").addEventListener("input", (event) => {
    const wanted = event.target.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      row.hidden = !wanted.every((word) => text.includes(word));
      count += row.hidden ? 0 : 1;
    }
    shown.textContent = wanted.length ? `${count} of ${rows.length}` : "";
  });
  let sorted = null;
  for (const button of table.querySelectorAll("th button")) {
    const column = button.parentElement.cellIndex;
    button.addEventListener("click", () => {
      const up = sorted !== column;
      sorted = up ? column : null;
      const key = (row) => row.cells[column].dataset.key ?? row.cells[column].textContent.trim();
      const order = new Intl.Collator("en", { numeric: true }).compare;
      rows.sort((one, other) => (up ? 1 : -1) * order(key(one), key(other)));
      body.append(...rows);
    });
  }
})();
