// Every text the writer reads, as the server sent it in her language.

let known = {};

/** Takes the texts of a state. */
export const learn = (texts) => {
  known = texts;
};

/** The text of a key with its `{places}` filled. A key without text shows itself, so that it is noticed. */
export const say = (key, values = {}) =>
  (known[key] ?? key).replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place);
