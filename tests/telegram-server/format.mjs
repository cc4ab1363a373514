/** Texts and keyboards as Telegram takes them, or a refusal in its words. */
import { bad } from "./refusal.mjs";

const LONGEST_TEXT = 4096;
const LONGEST_RAW_BYTES = 1 << 15;
const LONGEST_CAPTION = 1024;

/** Names of TDLib's entities that the Bot API calls otherwise. */
const ENTITY_NAMES = {
  block_quote: "blockquote",
  expandable_block_quote: "expandable_blockquote",
  email_address: "email",
  pre_code: "pre",
};
/** Found by clients, never sent in the Bot API. */
const NOT_SENT = new Set(["bank_card_number", "media_timestamp"]);

export class Formatter {
  #parser;
  /** Every text that was accepted, as it was shown, with what Telegram makes a link by itself. */
  shown = [];

  constructor(parser) {
    this.#parser = parser;
  }

  /** {text, entities, linked}; `longest` in UTF-16 units after parsing. */
  format(raw, { parse_mode, entities }, { longest = LONGEST_TEXT, isCaption = false } = {}) {
    if (Buffer.byteLength(raw) > LONGEST_RAW_BYTES) throw bad("text is too long");
    if (/\p{Cs}/u.test(raw)) throw bad("strings must be encoded in UTF-8");
    let formatted = { text: raw, entities: [] };
    if (parse_mode) {
      if (!/^(html|markdown|markdownv2)$/i.test(parse_mode)) throw bad("unsupported parse_mode");
      formatted = this.#parser.parse(raw, parse_mode.toLowerCase());
      if (formatted.problem) throw bad(formatted.problem.replace(/^Can't/, "can't"));
    } else if (entities) {
      formatted.entities = checkEntities(raw, entities);
    }
    if (!isCaption && formatted.text.trim() === "") throw bad("message text is empty");
    if (formatted.text.length > longest)
      throw bad(isCaption ? "message caption is too long" : "message is too long");
    const linked = this.#parser.entities(formatted.text);
    this.shown.push({ text: formatted.text, linked });
    return { ...formatted, linked };
  }

  formatCaption(raw, options) {
    return this.format(raw, options, { longest: LONGEST_CAPTION, isCaption: true });
  }

  /** Entities as Telegram finds them in what people write: commands, mentions, addresses. */
  entitiesOf(text) {
    return autoEntities(text, this.#parser.entities(text)) ?? plainEntities(text);
  }
}

/** The message as bots get it: what this server notes for tests is left out, links found by Telegram are in. */
export function published(message) {
  const { linked, edits, ...fields } = message;
  if (fields.reply_to_message) {
    const { reply_to_message: _, ...target } = fields.reply_to_message;
    fields.reply_to_message = published(target);
  }
  const auto = linked && fields.text !== undefined ? (autoEntities(fields.text, linked) ?? []) : [];
  const entities = [...(fields.entities ?? []), ...auto].map(apiEntity).sort((a, b) => a.offset - b.offset);
  delete fields.entities;
  if (entities.length > 0) fields.entities = entities;
  if (fields.caption_entities) fields.caption_entities = fields.caption_entities.map(apiEntity);
  return fields;
}

function apiEntity(entity) {
  return { ...entity, type: ENTITY_NAMES[entity.type] ?? entity.type };
}

function autoEntities(text, found) {
  if (found.length === 0) return null;
  const entities = [];
  let from = 0;
  for (const { type, text: words } of found) {
    const name = type
      .replace("textEntityType", "")
      .replace(/[A-Z]/g, (letter, at) => (at ? "_" : "") + letter.toLowerCase());
    const offset = text.indexOf(words, from);
    from = offset + words.length;
    if (!NOT_SENT.has(name)) entities.push(apiEntity({ type: name, offset, length: words.length }));
  }
  return entities;
}

function plainEntities(text) {
  return [
    ...text.matchAll(/(?<![\p{L}\p{N}_/@])(?:\/[A-Za-z0-9_]+(?:@[A-Za-z0-9_]+)?|@[A-Za-z0-9_]+)/gu),
  ].map((match) => ({
    type: match[0].startsWith("/") ? "bot_command" : "mention",
    offset: match.index,
    length: match[0].length,
  }));
}

function checkEntities(text, entities) {
  for (const { offset, length } of entities) {
    if (offset < 0 || length < 1 || offset + length > text.length)
      throw bad("entity bounds are outside of the text");
  }
  return entities;
}

export function checkKeyboard(markup) {
  for (const row of markup?.inline_keyboard ?? []) {
    if (!Array.isArray(row)) throw bad("can't parse inline keyboard button: Expected an array of buttons");
    for (const button of row) checkButton(button);
  }
}

function checkButton(button) {
  if (!button.text) throw bad("text buttons are allowed in reply keyboards only");
  const kinds = Object.keys(button).filter((key) => !["text", "style", "icon_custom_emoji_id"].includes(key));
  if (kinds.length !== 1) throw bad("exactly one optional field must be used in an inline button");
  const { callback_data, url, copy_text } = button;
  if (callback_data !== undefined) {
    const bytes = Buffer.byteLength(callback_data);
    if (bytes < 1 || bytes > 64) throw bad("BUTTON_DATA_INVALID");
  }
  if (url !== undefined && !/^(https?|tg):\/\/\S+$/.test(url)) throw bad("BUTTON_URL_INVALID");
  if (copy_text && (copy_text.text.length < 1 || copy_text.text.length > 256))
    throw bad("BUTTON_COPY_TEXT_INVALID");
}
