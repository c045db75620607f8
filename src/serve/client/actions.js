// Asks the server to do something for the writer.

/**
 * Posts one action with the token of this page.
 * @param {"translate" | "accept" | "options"} action
 * @param {object} body
 * @returns {Promise<object>} the answer; an error carries the server's message, or none
 */
export async function post(action, body) {
  const { token } = document.querySelector("script[data-congso]").dataset;
  const answer = await fetch(new URL(action, import.meta.url), {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Congso-Token": token },
    body: JSON.stringify(body),
  });
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(told.message ?? "");
  return told;
}
