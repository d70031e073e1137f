// The examples at /docs: each sends its request and shows the answer. Nothing else on the page needs a script.

const LONGEST = 20_000; // letters of an answer that are shown

/** @template {Element} T @param {ParentNode} root @param {string} selector @param {{new (): T}} kind */
const within = (root, selector, kind) => {
  const found = root.querySelector(selector);
  if (!(found instanceof kind)) throw new Error(`${selector} is missing`);
  return found;
};

/** The address with the fields that have a value. @param {HTMLFormElement} form */
function address(form) {
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string" && value.trim()) query.set(name, value.trim());
  const text = query.toString().replaceAll("%2C", ",");
  return new URL(form.dataset.path + (text && `?${text}`), location.origin).href;
}

/** The same request for a terminal, or for a page that embeds the picture. @param {HTMLFormElement} form */
function written(form) {
  const quoted = `'${address(form).replaceAll("'", "%27")}'`;
  if (form.dataset.method === "POST") return `curl --data-binary @photo.jpg ${quoted}`;
  return form.hasAttribute("data-embed") ? `![palette](${address(form)})` : `curl ${quoted}`;
}

/** The picture that is chosen, or the sample. @param {HTMLFormElement} form */
async function picture(form) {
  const file = within(form, "input[type=file]", HTMLInputElement).files?.[0];
  return file ?? (await fetch(String(form.dataset.sample))).blob();
}

/** @param {Response} answer @param {string} kind */
async function shown(answer, kind) {
  if (kind.startsWith("image/")) {
    const image = new Image();
    image.alt = "The answer";
    image.src = URL.createObjectURL(await answer.blob());
    await image.decode();
    return image;
  }
  const text = await answer.text();
  const pre = document.createElement("pre");
  const whole = kind.endsWith("json") ? JSON.stringify(JSON.parse(text), null, 2) : text;
  pre.textContent = whole.length > LONGEST ? `${whole.slice(0, LONGEST)}\n... ${whole.length - LONGEST} more letters` : whole;
  pre.tabIndex = 0;
  return pre;
}

/** @param {HTMLFormElement} form */
async function send(form) {
  const output = within(form, "output", HTMLOutputElement);
  const line = document.createElement("p");
  output.replaceChildren(line);
  line.textContent = "…";
  try {
    const begin = performance.now();
    const body = form.dataset.method === "POST" ? await picture(form) : undefined;
    const answer = await fetch(address(form), { method: form.dataset.method, body });
    const kind = (answer.headers.get("Content-Type") ?? "").split(";")[0];
    const content = await shown(answer, kind);
    line.textContent = `${answer.status} · ${kind} · ${Math.round(performance.now() - begin)} ms`;
    output.append(content);
  } catch (error) {
    line.textContent = `No answer: ${error instanceof Error ? error.message : error}`;
  }
}

for (const form of document.querySelectorAll("form")) {
  const line = within(form, "code", HTMLElement);
  const tell = () => (line.textContent = written(form));
  form.addEventListener("input", tell);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void send(form);
  });
  tell();
}
