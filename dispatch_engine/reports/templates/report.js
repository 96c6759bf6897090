// Two things: show one technician alone by a click, and zoom and move the maps. Without it the page is a picture.
"use strict";
(() => {
  const root = document.body;
  let picked = null;
  const timesFarther = 24;

  function pick(number) {
    picked = number === "all" || number === picked ? null : number;
    root.classList.toggle("picking", picked !== null);
    for (const part of document.querySelectorAll("[data-t]")) {
      part.classList.toggle("picked", part.dataset.t === picked);
    }
    for (const button of document.querySelectorAll("button[data-pick]")) {
      button.setAttribute("aria-pressed", String(button.dataset.pick === (picked ?? "all")));
    }
  }

  function map(svg) {
    const whole = svg.viewBox.baseVal;
    const home = { x: whole.x, y: whole.y, width: whole.width, height: whole.height };
    const fingers = new Map();
    let moved = 0;

    const unitsPerPixel = () => Math.max(whole.width / svg.clientWidth, whole.height / svg.clientHeight);
    const sizeMarkers = () => svg.clientWidth && svg.style.setProperty("--k-alive", unitsPerPixel().toFixed(3));

    function place(event) {
      const point = new DOMPoint(event.clientX, event.clientY);
      return point.matrixTransform(svg.getScreenCTM().inverse());
    }

    function zoom(factor, at) {
      const width = Math.min(home.width, Math.max(home.width / timesFarther, whole.width / factor));
      const scale = width / whole.width;
      whole.x = at.x - (at.x - whole.x) * scale;
      whole.y = at.y - (at.y - whole.y) * scale;
      whole.width = width;
      whole.height *= scale;
      keepInside();
    }

    function keepInside() {
      whole.x = Math.min(Math.max(whole.x, home.x), home.x + home.width - whole.width);
      whole.y = Math.min(Math.max(whole.y, home.y), home.y + home.height - whole.height);
      sizeMarkers();
    }

    const middle = () => ({ x: whole.x + whole.width / 2, y: whole.y + whole.height / 2 });
    const spread = () => {
      const [a, b] = [...fingers.values()];
      return Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
    };

    function press(event) {
      fingers.set(event.pointerId, event);
      moved = 0;
    }

    function move(event) {
      const before = fingers.get(event.pointerId);
      if (!before) return;
      const apart = fingers.size === 2 ? spread() : 0;
      fingers.set(event.pointerId, event);
      moved += Math.abs(event.clientX - before.clientX) + Math.abs(event.clientY - before.clientY);
      if (moved > 4 && !svg.hasPointerCapture(event.pointerId)) svg.setPointerCapture(event.pointerId);
      if (apart) {
        zoom(spread() / apart, place(event));
        return;
      }
      whole.x -= (event.clientX - before.clientX) * unitsPerPixel();
      whole.y -= (event.clientY - before.clientY) * unitsPerPixel();
      keepInside();
    }

    svg.classList.add("alive");
    svg.addEventListener("pointerdown", press);
    svg.addEventListener("pointermove", move);
    for (const end of ["pointerup", "pointercancel"]) {
      svg.addEventListener(end, (event) => fingers.delete(event.pointerId));
    }
    // A wheel that scrolls the page must not be caught by the map: zooming takes the control key, as in map sites.
    svg.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      zoom(Math.exp(-event.deltaY * 0.004), place(event));
    }, { passive: false });
    svg.addEventListener("dblclick", (event) => zoom(2, place(event)));
    svg.addEventListener("click", (event) => {
      if (moved > 4) event.stopPropagation();
    });
    const controls = svg.parentElement.querySelector(".controls");
    controls.hidden = false;
    controls.addEventListener("click", (event) => {
      const factor = Number(event.target.dataset.zoom);
      if (Number.isNaN(factor)) return;
      zoom(factor || 1 / timesFarther, middle());
    });
    window.addEventListener("resize", sizeMarkers);
    sizeMarkers();
    return sizeMarkers;
  }

  const resized = [...document.querySelectorAll("svg.ground")].map(map);
  for (const button of document.querySelectorAll("[data-pick=all]")) button.hidden = false;
  document.addEventListener("click", (event) => {
    const part = event.target.closest("[data-pick]");
    if (part) pick(part.dataset.pick);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && picked !== null) pick("all");
  });
  window.addEventListener("afterprint", () => resized.forEach((resize) => resize()));
})();
