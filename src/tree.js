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
  }
  drawing.classList.toggle("graph--marked", edges.length > 0);
  note.firstElementChild.hidden = edges.length === 0;
  // The furthest box of the way is seen first, also on a phone; the way there is to its left.
  const boxes = [...document.querySelectorAll(".graph__box.taken > rect")];
  const far = (one, other) => (other.x.baseVal.value > one.x.baseVal.value ? other : one);
  if (boxes.length > 0) boxes.reduce(far).scrollIntoView({ block: "nearest", inline: "center" });
}

addEventListener("hashchange", mark);
mark();
