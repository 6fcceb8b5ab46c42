"use strict";
// The page is whole without this; with it, rows can be filtered and set side by side.
(() => {
  const MOST = 3;

  // Letters alone count: neither case nor accents nor vowel signs.
  const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  // A class is held alone, beside others, or by one limb of several.
  const holds = (line, value) =>
    line.split("; ").some((part) => part === value || part.endsWith(`: ${value}`));

  const element = (tag, text, scope) => {
    const made = document.createElement(tag);
    made.textContent = text;
    if (scope) made.scope = scope;
    return made;
  };

  // Fills a new cell with what another holds; ids stay where they are.
  const copied = (tag, cell, scope) => {
    const made = element(tag, "", scope);
    for (const node of cell.childNodes) made.append(node.cloneNode(true));
    for (const one of made.querySelectorAll("[id]")) one.removeAttribute("id");
    return made;
  };

  const transposed = (heads, chosen) => {
    const table = document.createElement("table");
    table.createCaption().textContent = "Rows side by side";
    const top = table.createTHead().insertRow();
    const first = heads[0].textContent;
    top.append(first ? element("th", first, "col") : element("td", ""));
    for (const row of chosen) top.append(copied("th", row.cells[0], "col"));
    const body = table.createTBody();
    heads.slice(1).forEach((head, number) => {
      const line = body.insertRow();
      line.append(head.textContent ? copied("th", head, "row") : element("td", ""));
      for (const row of chosen) line.append(copied("td", row.cells[number + 1]));
    });
    return table;
  };

  const start = (section) => {
    const all = (selector) => [...section.querySelectorAll(selector)];
    const controls = section.querySelector("[data-controls]");
    const status = section.querySelector("[data-status]");
    const panel = section.querySelector("[data-picked]");
    const result = section.querySelector("[data-result]");
    const filter = section.querySelector("[data-filter]");
    const [classes, shows, picks] = ["[data-class]", "[data-show]", "[data-pick]"].map(all);
    const table = section.querySelector("table");
    const heads = [...table.tHead.rows[0].cells];
    const rows = [...table.tBodies[0].rows];
    const texts = rows.map((row) => [...row.cells].map((cell) => folded(cell.innerText)).join("\n"));

    const isShown = (row, number, words) =>
      words.every((word) => texts[number].includes(word)) &&
      classes.every((one) => {
        const cell = [...row.cells].find((each) => each.dataset.column === one.dataset.class);
        return !one.value || cell.dataset.lines.split("\n").some((line) => holds(line, one.value));
      });

    const update = () => {
      const words = filter ? folded(filter.value).split(/\s+/u).filter(Boolean) : [];
      rows.forEach((row, number) => {
        row.hidden = !isShown(row, number, words);
      });
      for (const one of shows) {
        for (const cell of table.querySelectorAll("[data-column]")) {
          if (cell.dataset.column === one.dataset.show) cell.hidden = !one.checked;
        }
      }
      const chosen = picks.filter((one) => one.checked);
      for (const one of picks) {
        one.disabled = !one.checked && chosen.length >= MOST;
        one.parentElement.hidden = !one.checked && rows[Number(one.dataset.pick)].hidden;
      }
      const side = chosen.length > 1;
      panel.hidden = !side;
      result.replaceChildren();
      if (side) result.append(transposed(heads, chosen.map((one) => rows[Number(one.dataset.pick)])));
      tell(chosen.length);
    };

    const tell = (chosen) => {
      const shown = rows.filter((row) => !row.hidden).length;
      const wide = heads.filter((head) => !head.hidden).length;
      const parts = [`${shown} of ${rows.length} rows shown`];
      if (wide < heads.length) parts.push(`${wide} of ${heads.length} columns shown`);
      if (chosen === 1) parts.push("1 row chosen; choose one or two more");
      if (chosen > 1) parts.push(`${chosen} rows side by side`);
      status.textContent = `${parts.join("; ")}.`;
      status.classList.toggle("partial", shown < rows.length || wide < heads.length);
    };

    controls.addEventListener("input", update);
    controls.addEventListener("change", update);
    section.querySelector("[data-clear]")?.addEventListener("click", () => {
      for (const one of picks) one.checked = false;
      update();
    });
    // A browser may fill in what was chosen before a reload.
    window.addEventListener("pageshow", update);
    controls.hidden = false;
    update();
  };

  // A note leads back to the mark that led to it.
  document.addEventListener("click", (event) => {
    const mark = event.target.closest("sup a[id]");
    const note = mark && document.getElementById(mark.getAttribute("href").slice(1));
    note?.querySelector("dt a")?.setAttribute("href", `#${mark.id}`);
  });

  for (const one of document.querySelectorAll("[data-controls]")) start(one.closest("[data-table]"));
})();
