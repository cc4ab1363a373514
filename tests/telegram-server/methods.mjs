/** What each method does: method name -> (parameters, bot) => result; throws a Refusal. */
import { BOT_METHODS } from "./methods-bot.mjs";
import { MESSAGE_METHODS } from "./methods-messages.mjs";
import { QUERY_METHODS } from "./methods-queries.mjs";

export const METHODS = { ...MESSAGE_METHODS, ...QUERY_METHODS, ...BOT_METHODS };
