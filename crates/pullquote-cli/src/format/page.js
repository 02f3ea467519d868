"use strict";
(() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const tip = document.getElementById("tip");
  const note = (n) => document.getElementById("i" + n);
  const pieces = new Map();
  for (const piece of all("[data-q]")) {
    const n = piece.dataset.q;
    pieces.set(n, [...(pieces.get(n) || []), piece]);
  }

  function show(piece) {
    hide();
    const n = piece.dataset.q;
    for (const one of pieces.get(n)) one.classList.add("on");
    tip.textContent = note(n).dataset.tip;
    tip.hidden = false;
    const at = piece.getClientRects()[0];
    const room = document.documentElement.clientWidth - tip.offsetWidth - 8;
    tip.style.left = Math.max(8, Math.min(at.left, room)) + scrollX + "px";
    const above = at.top - tip.offsetHeight - 6;
    tip.style.top = (above > 0 ? above : at.bottom + 6) + scrollY + "px";
  }

  function hide() {
    tip.hidden = true;
    for (const one of all(".on")) one.classList.remove("on");
  }

  for (const piece of all("[data-q]")) {
    piece.addEventListener("mouseenter", () => show(piece));
    piece.addEventListener("mouseleave", hide);
    piece.addEventListener("click", () => show(piece));
    piece.addEventListener("focus", () => show(piece));
    piece.addEventListener("blur", hide);
  }

  let chosen = null;
  function choose(speaker) {
    chosen = speaker;
    document.body.classList.toggle("filtered", chosen !== null);
    for (const button of all("#speakers button"))
      button.setAttribute("aria-pressed", String(button.dataset.s === chosen));
    for (const item of all("#quotes li")) item.hidden = chosen !== null && item.dataset.s !== chosen;
    for (const piece of all(".q"))
      piece.classList.toggle("mine", note(piece.dataset.q).dataset.s === chosen);
  }

  for (const button of all("#speakers button"))
    button.addEventListener("click", () => choose(button.dataset.s === chosen ? null : button.dataset.s));

  function step(by) {
    const quotes = all("[id^=q][tabindex]").filter((q) => !note(q.dataset.q).hidden);
    if (!quotes.length) return;
    const at = quotes.indexOf(document.activeElement);
    const next = at < 0 ? (by > 0 ? 0 : quotes.length - 1) : (at + by + quotes.length) % quotes.length;
    quotes[next].focus();
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      choose(null);
      hide();
    } else if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
  });
})();
