/** Answers to taps and to inline queries. */
import { checkKeyboard } from "./format.mjs";
import { bad } from "./refusal.mjs";

const MOST_RESULTS = 50;
const LONGEST_ID_BYTES = 64;

export const QUERY_METHODS = {
  answerCallbackQuery(values, { chats, queries }) {
    queries.answerTap(values);
    chats.notify();
    return true;
  },

  answerInlineQuery(values, { chats, queries }) {
    const { inline_query_id, results, next_offset = "", button } = values;
    if (results.length > MOST_RESULTS) throw bad("RESULTS_TOO_MUCH");
    if (Buffer.byteLength(next_offset) > LONGEST_ID_BYTES) throw bad("NEXT_OFFSET_INVALID");
    if (button) checkButton(button);
    const ids = new Set();
    for (const result of results) {
      const bytes = Buffer.byteLength(result.id);
      if (bytes < 1 || bytes > LONGEST_ID_BYTES) throw bad("RESULT_ID_INVALID");
      if (ids.has(result.id)) throw bad("RESULT_ID_DUPLICATE");
      ids.add(result.id);
    }
    const shown = results.map((result) => checkResult(result, chats));
    queries.answerInline(inline_query_id, { ...values, results: shown });
    chats.notify();
    return true;
  },
};

function checkButton({ text, start_parameter, web_app }) {
  if (!text) throw bad("BUTTON_TEXT_INVALID");
  if ((start_parameter === undefined) === (web_app === undefined))
    throw bad("can't parse inline query results button: exactly one of the fields must be used");
  if (start_parameter !== undefined && !/^[\w-]{1,64}$/.test(start_parameter))
    throw bad("START_PARAM_INVALID");
}

/** The result with its message as it would be shown. */
function checkResult(result, chats) {
  checkKeyboard(result.reply_markup);
  if (result.type !== "article") return result;
  if (result.title === "") throw bad("ARTICLE_TITLE_EMPTY");
  const content = result.input_message_content;
  if (content?.message_text === undefined) return result;
  return { ...result, message: chats.format(content.message_text, content) };
}
