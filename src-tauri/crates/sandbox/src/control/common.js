// What the pages of the control server have in common.

const $ = (selector) => document.querySelector(selector);
// How ready-made files are sent; the others are photos.
const KINDS = { order: "voice", question: "voice", size: "voice", thanks: "voice", melody: "audio", video: "video", note: "video_note", loop: "animation", heart: "sticker", ok: "sticker", cat: "sticker", smeta: "document", plan: "document", price: "document" };

async function call(path, body, method = body === undefined ? "GET" : "POST") {
  const answer = await fetch(path, { method, headers: { "content-type": "application/json" }, body: body && JSON.stringify(body) });
  const said = await answer.json().catch(() => null);
  if (!answer.ok) { complain(said?.error ?? answer.statusText); throw new Error(said?.error) }
  return said;
}
function complain(words) {
  $("#said").textContent = words; $("#said").hidden = false;
  clearTimeout(complain.timer); complain.timer = setTimeout(() => $("#said").hidden = true, 4000);
}
function make(tag, fields = {}, ...inside) { const made = Object.assign(document.createElement(tag), fields); made.append(...inside); return made }
