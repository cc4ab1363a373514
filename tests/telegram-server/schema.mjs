/** Checks the parameters of calls, and turns strings of forms into values. */
import { readFileSync } from "node:fs";

/** Used when the description of the Bot API is not at hand: parameter -> type, "!" marks required ones. */
const CHAT = { chat_id: "Integer or String!", message_thread_id: "Integer" };
const SEND = {
  ...CHAT,
  parse_mode: "String",
  disable_notification: "Boolean",
  protect_content: "Boolean",
  reply_parameters: "Object",
  reply_markup: "Object",
};
const INLINE = { inline_message_id: "String" };
const EDIT = { chat_id: "Integer or String", message_id: "Integer", ...INLINE, reply_markup: "Object" };
const CAPTION = { parse_mode: "String", caption: "String", caption_entities: "Array" };
const LANGUAGE = { language_code: "String" };
const COPY = { ...CHAT, from_chat_id: "Integer or String!", message_id: "Integer!" };
const OWN_TABLE = {
  getMe: {},
  logOut: {},
  close: {},
  getUpdates: { offset: "Integer", limit: "Integer", timeout: "Integer", allowed_updates: "Array" },
  setWebhook: {
    url: "String!",
    secret_token: "String",
    ip_address: "String",
    max_connections: "Integer",
    allowed_updates: "Array",
    drop_pending_updates: "Boolean",
  },
  deleteWebhook: { drop_pending_updates: "Boolean" },
  getWebhookInfo: {},
  sendMessage: { ...SEND, text: "String!", entities: "Array", link_preview_options: "Object" },
  sendDocument: { ...SEND, document: "InputFile or String!", ...CAPTION },
  sendPhoto: { ...SEND, photo: "InputFile or String!", ...CAPTION },
  sendChatAction: { ...CHAT, action: "String!" },
  sendMessageDraft: { ...CHAT, draft_id: "Integer!", text: "String", parse_mode: "String" },
  setMessageReaction: { chat_id: "Integer or String!", message_id: "Integer!", reaction: "Array" },
  pinChatMessage: { chat_id: "Integer or String!", message_id: "Integer!", disable_notification: "Boolean" },
  copyMessage: { ...COPY, ...CAPTION, reply_markup: "Object" },
  forwardMessage: { ...COPY, disable_notification: "Boolean" },
  editMessageText: {
    ...EDIT,
    text: "String!",
    parse_mode: "String",
    entities: "Array",
    link_preview_options: "Object",
  },
  editMessageCaption: { ...EDIT, ...CAPTION },
  editMessageReplyMarkup: EDIT,
  deleteMessage: { chat_id: "Integer or String!", message_id: "Integer!" },
  deleteMessages: { chat_id: "Integer or String!", message_ids: "Array!" },
  answerCallbackQuery: {
    callback_query_id: "String!",
    text: "String",
    show_alert: "Boolean",
    url: "String",
    cache_time: "Integer",
  },
  answerInlineQuery: {
    inline_query_id: "String!",
    results: "Array!",
    cache_time: "Integer",
    is_personal: "Boolean",
    next_offset: "String",
    button: "Object",
  },
  setMyCommands: { commands: "Array!", scope: "Object", ...LANGUAGE },
  getMyCommands: { scope: "Object", ...LANGUAGE },
  deleteMyCommands: { scope: "Object", ...LANGUAGE },
  setMyName: { name: "String", ...LANGUAGE },
  getMyName: LANGUAGE,
  setMyDescription: { description: "String", ...LANGUAGE },
  getMyDescription: LANGUAGE,
  setMyShortDescription: { short_description: "String", ...LANGUAGE },
  getMyShortDescription: LANGUAGE,
  setChatMenuButton: { chat_id: "Integer", menu_button: "Object" },
  getChatMenuButton: { chat_id: "Integer" },
  getChat: { chat_id: "Integer or String!" },
  getChatMember: { chat_id: "Integer or String!", user_id: "Integer!" },
  getChatAdministrators: { chat_id: "Integer or String!" },
  getChatMemberCount: { chat_id: "Integer or String!" },
  leaveChat: { chat_id: "Integer or String!" },
  getFile: { file_id: "String!" },
};

/** Types that look alike from outside are not told apart further than this. */
export function loadSchema(file) {
  if (file) {
    try {
      return new PublishedSchema(JSON.parse(readFileSync(file, "utf8")));
    } catch (error) {
      if (error.code !== "ENOENT") throw error;
    }
  }
  return new OwnSchema();
}

class OwnSchema {
  name = "own table";

  method(lowerName) {
    const name = Object.keys(OWN_TABLE).find((each) => each.toLowerCase() === lowerName);
    if (!name) return null;
    const fields = Object.entries(OWN_TABLE[name]).map(([field, type]) => ({
      name: field,
      required: type.endsWith("!"),
      types: type.replace("!", "").split(" or "),
    }));
    return { name, fields };
  }

  check(value, type) {
    if (type === "Object")
      return typeof value === "object" && value !== null ? null : "an object is expected";
    if (type === "Array") return Array.isArray(value) ? null : "an array is expected";
    return checkScalar(value, type);
  }

  // What this server answers is held against the published description only.
  checkResult = () => null;
  checkType = () => null;
}

class PublishedSchema {
  #api;

  constructor(api) {
    this.#api = api;
    this.name = api.version;
  }

  method(lowerName) {
    const found = Object.values(this.#api.methods).find((each) => each.name.toLowerCase() === lowerName);
    return found ? { name: found.name, fields: found.fields ?? [], returns: found.returns } : null;
  }

  /** What is wrong with an answer of this server, or null. */
  checkResult(result, { returns }) {
    const problems = returns.map((type) => this.check(result, type));
    return problems.includes(null) ? null : problems[0];
  }

  checkType(value, type) {
    return this.check(value, type);
  }

  check(value, type) {
    const array = /^Array of (.+)$/.exec(type);
    if (array) {
      if (!Array.isArray(value)) return "an array is expected";
      for (const each of value) {
        const problem = this.check(each, array[1]);
        if (problem) return problem;
      }
      return null;
    }
    const described = this.#api.types[type];
    if (!described || type === "InputFile") return checkScalar(value, type);
    if (typeof value !== "object" || value === null || Array.isArray(value))
      return `${type}: an object is expected`;
    if (described.subtypes) {
      const problems = described.subtypes.map((each) => this.check(value, each));
      return problems.includes(null) ? null : problems[0];
    }
    return this.#fields(value, type, described.fields ?? []);
  }

  #fields(value, type, fields) {
    for (const name of Object.keys(value)) {
      if (!fields.some((field) => field.name === name)) return `${type}: unknown field ${name}`;
    }
    for (const { name, required, types } of fields) {
      if (value[name] === undefined) {
        if (required) return `${type}: field ${name} is missing`;
        continue;
      }
      const problems = types.map((each) => this.check(value[name], each));
      if (!problems.includes(null)) return `${type}.${name}: ${problems[0]}`;
    }
    return null;
  }
}

function checkScalar(value, type) {
  switch (type) {
    case "Integer":
      return Number.isSafeInteger(value) ? null : "an integer is expected";
    case "Float":
      return typeof value === "number" ? null : "a number is expected";
    case "Boolean":
    case "True":
      return typeof value === "boolean" ? null : "true or false is expected";
    case "String":
      return typeof value === "string" ? null : "a string is expected";
    case "InputFile":
      return value?.upload ? null : "a file is expected";
    default:
      return typeof value === "object" ? null : `${type} is expected`;
  }
}

/** The values of a call, or the reason to refuse it. `raw` holds strings where a form was sent. */
export function readParameters(schema, method, raw, isForm) {
  const values = {};
  for (const [name, given] of Object.entries(raw)) {
    const field = method.fields.find((each) => each.name === name);
    if (!field) return { problem: `unknown parameter ${name} of ${method.name}` };
    const value = isForm && typeof given === "string" ? fromForm(given, field.types) : given;
    const problems = field.types.map((type) => schema.check(value, type));
    if (!problems.includes(null)) return { problem: `parameter ${name} of ${method.name}: ${problems[0]}` };
    values[name] = value;
  }
  const missing = method.fields.find((field) => field.required && values[field.name] === undefined);
  return missing ? { problem: `parameter ${missing.name} of ${method.name} is missing` } : { values };
}

function fromForm(text, types) {
  if (types.includes("Integer") && /^-?\d+$/.test(text)) return Number(text);
  if (types.includes("Boolean") && /^(true|false)$/i.test(text)) return text.toLowerCase() === "true";
  if (types.some((type) => !["String", "Integer", "Boolean", "InputFile"].includes(type))) {
    try {
      return JSON.parse(text);
    } catch {
      return text;
    }
  }
  return text;
}
