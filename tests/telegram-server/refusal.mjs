/** What Telegram says when it does not do a thing. */
export class Refusal extends Error {
  constructor(code, description, parameters) {
    super(description);
    this.code = code;
    this.description = description;
    this.parameters = parameters;
  }
}

export const bad = (text, parameters) => new Refusal(400, `Bad Request: ${text}`, parameters);
export const forbidden = (text) => new Refusal(403, `Forbidden: ${text}`);

/** The bot that this server is for. */
export const BOT = { id: 4242, is_bot: true, first_name: "Isnad", username: "isnad_test_bot" };

export const person = (id) => ({ id, is_bot: false, first_name: "قارئ", language_code: "ar" });
