// Marks the way the reader's answers took, on the drawing and in the text of `/tree`. The result links here with
// `#path=node.value,node.value,…`: ids of this site alone, which another version may not know; those are passed over.
const note = document.querySelector(".tree__marked");
const drawing = document.querySelector(".graph");

function mark() {
  const named = /^#path=(.*)$/.exec(location.hash)?.[1] ?? "";
  let path;
  try {
    path = decodeURIComponent(named).split(",");
  } catch {
    path = [];
  }
  for (const taken of document.querySelectorAll(".taken")) taken.classList.remove("taken");
  for (const words of document.querySelectorAll(".tree__taken")) words.remove();
  const edges = [...document.querySelectorAll("[data-edge]")].filter(({ dataset }) => path.includes(dataset.edge));
  let end;
  for (const edge of edges) {
    edge.classList.add("taken");
    if (edge.tagName === "LI") {
      const words = document.createElement("strong");
      words.className = "tree__taken";
      words.textContent = note.dataset.mark;
      edge.prepend(words, " ");
    }
  }
  for (const box of document.querySelectorAll("[data-node]")) {
    const is = edges.some(({ dataset }) => dataset.to === box.dataset.node || dataset.edge.startsWith(`${box.dataset.node}.`));
    box.classList.toggle("taken", is);
    if (is) end = box;
  }
  drawing.classList.toggle("graph--marked", edges.length > 0);
  note.firstElementChild.hidden = edges.length === 0;
  // The furthest box of the way, so that on a phone the end is seen first and the way back is one to the left.
  if (end) {
    const boxes = [...document.querySelectorAll(".graph__box.taken > rect")];
    const last = boxes.reduce((far, box) => (box.x.baseVal.value > far.x.baseVal.value ? box : far));
    const scroll = drawing.parentElement;
    scroll.scrollLeft = last.x.baseVal.value + last.width.baseVal.value - scroll.clientWidth + 12;
  }
}

addEventListener("hashchange", mark);
mark();
