// Figures: one tab stop each; arrow keys go from mark to mark, and what a mark says stands beside it, on touch too.

const tip = document.querySelector(".cl-tip") ?? element("div", { className: "cl-tip", ariaHidden: "true", hidden: true });
document.body.append(tip);

function tell(mark) {
  const box = mark.getBoundingClientRect();
  tip.textContent = mark.ariaLabel;
  tip.hidden = false;
  const middle = box.left + box.width / 2 - tip.offsetWidth / 2;
  const above = Math.max(box.top, 0) - tip.offsetHeight - 6;
  tip.style.left = `${Math.max(4, Math.min(middle, document.documentElement.clientWidth - tip.offsetWidth - 4))}px`;
  tip.style.top = `${above < 4 ? Math.min(box.bottom + 6, innerHeight - tip.offsetHeight - 4) : above}px`;
}

function beMute() {
  tip.hidden = true;
}

function step(key, at, last) {
  return { ArrowLeft: at - 1, ArrowUp: at - 1, ArrowRight: at + 1, ArrowDown: at + 1, Home: 0, End: last }[key];
}

function enlivenFigure(figure) {
  const marks = [...figure.querySelectorAll(".cl-marks > *")];
  figure.dataset.lively = "";
  figure.setAttribute("role", "group"); // an image would have no parts
  for (const part of figure.children) if (!part.matches(".cl-marks")) part.ariaHidden = "true";
  marks.forEach((mark, place) => {
    const title = mark.querySelector("title");
    mark.setAttribute("role", "img");
    mark.ariaLabel = title.textContent;
    mark.tabIndex = place ? -1 : 0;
    mark.onpointerenter = () => {
      title.textContent = ""; // one label is enough
      tell(mark);
    };
    mark.onpointerleave = () => {
      title.textContent = mark.ariaLabel;
      beMute();
    };
    mark.onfocus = () => {
      marks.forEach((other) => (other.tabIndex = other === mark ? 0 : -1));
      tell(mark);
    };
    mark.onblur = beMute;
    mark.onkeydown = (event) => {
      const next = marks[step(event.key, place, marks.length - 1)];
      if (event.key === "Escape") beMute();
      if (!next || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      event.stopPropagation(); // keys are commands to a cell of JupyterLab
      next.focus();
    };
  });
}

function enlivenFigures() {
  document.querySelectorAll(".cl-figure svg:not([data-lively]):has(.cl-marks)").forEach(enlivenFigure);
}

addEventListener("scroll", () => {
  const mark = document.activeElement; // a focus far away scrolls to it
  if (mark?.matches(".cl-marks > *")) tell(mark);
  else beMute();
}, { passive: true });
enlivenFigures();
