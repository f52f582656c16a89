// A file that is dragged onto the page with the browser's own events: one that nothing takes is opened in place of the page.

/** Drops a file where an element stands. */
export async function dropFile(page, path, onto) {
  const { x, y, width, height } = await onto.boundingBox();
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [path], dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver", "drop"]) {
    await session.send("Input.dispatchDragEvent", { type, x: x + width / 2, y: y + height / 2, data });
  }
  await session.detach();
}
