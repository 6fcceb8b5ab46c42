"use strict";
// The page is complete without this script. With it, rows can be filtered and compared side by side.
(() => {
  const MAX_COMPARED = 3;
  // The page has its words in its own language.
  const WORDS = /* words */ {};

  // Returns a sentence with two numbers.
  const filled = (words, shown, all) => words.replace("{shown}", shown).replace("{all}", all);

  // Search ignores case, accents and vowel signs.
  const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  const createElement = (tag, text, scope) => {
    const element = document.createElement(tag);
    element.textContent = text;
    if (scope) element.scope = scope;
    return element;
  };

  // Returns a new cell with the content of another; ids are not copied, as they must be unique.
  const copyCell = (tag, cell, scope) => {
    const copy = createElement(tag, "", scope);
    for (const node of cell.childNodes) copy.append(node.cloneNode(true));
    for (const descendant of copy.querySelectorAll("[id]")) descendant.removeAttribute("id");
    return copy;
  };

  const transposed = (heads, selected) => {
    const table = document.createElement("table");
    table.createCaption().textContent = WORDS.caption;
    const top = table.createTHead().insertRow();
    const corner = heads[0].textContent;
    top.append(corner ? createElement("th", corner, "col") : createElement("td", ""));
    for (const row of selected) top.append(copyCell("th", row.cells[0], "col"));
    const body = table.createTBody();
    heads.slice(1).forEach((head, number) => {
      const line = body.insertRow();
      line.append(head.textContent ? copyCell("th", head, "row") : createElement("td", ""));
      for (const row of selected) line.append(copyCell("td", row.cells[number + 1]));
    });
    return table;
  };

  // Where rows are cards, not every browser tells a screen reader that they are rows of a table.
  const nameRoles = (table) => {
    const roles = { table: "table", thead: "rowgroup", tbody: "rowgroup", tr: "row", td: "cell" };
    for (const part of [table, ...table.querySelectorAll("thead, tbody, tr, td, th")]) {
      const head = part.scope === "row" ? "rowheader" : "columnheader";
      part.setAttribute("role", roles[part.localName] ?? head);
    }
  };

  const start = (section) => {
    const all = (selector) => [...section.querySelectorAll(selector)];
    const controls = section.querySelector("[data-controls]");
    const status = section.querySelector("[data-status]");
    const panel = section.querySelector("[data-picked]");
    const result = section.querySelector("[data-result]");
    const search = section.querySelector("[data-search]");
    const filters = all("[data-select]");
    const columnBoxes = all("[data-show]");
    const rowBoxes = all("[data-pick]");
    const table = section.querySelector("table");
    const headCells = [...table.tHead.querySelectorAll("[data-column]")];
    const heads = [...table.querySelectorAll("col")].map((col) =>
      headCells.find((cell) => cell.dataset.column === col.dataset.column),
    );
    const groups = [...table.tHead.querySelectorAll("[scope=colgroup]")];
    const rows = [...table.tBodies[0].rows].filter((row) => row.className !== "group");
    const texts = rows.map((row) => [...row.cells].map((cell) => folded(cell.innerText)).join("\n"));

    const matches = (row, number, words) =>
      words.every((word) => texts[number].includes(word)) &&
      filters.every((filter) => {
        const cell = [...row.cells].find((each) => each.dataset.column === filter.dataset.select);
        return !filter.value || cell.dataset.values.split("\n").includes(filter.value);
      });

    const update = () => {
      const words = search ? folded(search.value).split(/\s+/u).filter(Boolean) : [];
      rows.forEach((row, number) => {
        row.hidden = !matches(row, number, words);
      });
      for (const box of columnBoxes) {
        for (const cell of table.querySelectorAll("[data-column]")) {
          if (cell.dataset.column === box.dataset.show) cell.hidden = !box.checked;
        }
      }
      for (const group of groups) {
        const members = heads.filter((head) => head.headers === group.id && !head.hidden);
        group.hidden = members.length === 0;
        group.colSpan = Math.max(members.length, 1);
      }
      const selected = rowBoxes.filter((box) => box.checked);
      for (const box of rowBoxes) {
        box.disabled = !box.checked && selected.length >= MAX_COMPARED;
        box.parentElement.hidden = !box.checked && rows[Number(box.dataset.pick)].hidden;
      }
      const comparing = selected.length > 1;
      panel.hidden = !comparing;
      result.replaceChildren();
      if (comparing) {
        result.append(transposed(heads, selected.map((box) => rows[Number(box.dataset.pick)])));
      }
      announce(selected.length);
    };

    const announce = (selected) => {
      const shownRows = rows.filter((row) => !row.hidden).length;
      const shownColumns = heads.filter((head) => !head.hidden).length;
      const parts = search || shownRows < rows.length ? [filled(WORDS.rows, shownRows, rows.length)] : [];
      if (shownColumns < heads.length) {
        parts.push(filled(WORDS.columns, shownColumns, heads.length));
      }
      if (selected === 1) parts.push(WORDS.one);
      if (selected > 1) parts.push(selected === 2 ? WORDS.two : WORDS.three);
      const words = parts.join(WORDS.separator);
      status.textContent = parts.length ? WORDS.sentence.replace("{words}", words) : "";
      const isPartial = shownRows < rows.length || shownColumns < heads.length;
      status.classList.toggle("partial", isPartial);
    };

    controls.addEventListener("input", update);
    controls.addEventListener("change", update);
    section.querySelector("[data-clear]")?.addEventListener("click", () => {
      for (const box of rowBoxes) box.checked = false;
      update();
    });
    // After a reload the browser may restore what was selected before.
    window.addEventListener("pageshow", update);
    controls.hidden = false;
    update();
  };

  // A note links back to the mark from which the reader came.
  document.addEventListener("click", (event) => {
    const mark = event.target.closest("sup a[id]");
    const note = mark && document.getElementById(mark.getAttribute("href").slice(1));
    note?.querySelector("dt a")?.setAttribute("href", `#${mark.id}`);
  });

  for (const table of document.querySelectorAll("[data-table] table")) nameRoles(table);
  for (const controls of document.querySelectorAll("[data-controls]")) {
    start(controls.closest("[data-table]"));
  }
})();
