/** What the bot says in groups only. */

export const NO_GROUPS = "لا أعمل في المجموعات. اسألني في محادثة خاصة.";
export const GROUP_HINT = (bot: string): string =>
  `لسؤالي هنا اذكر @${bot} في رسالتك، أو ردّ على إحدى رسائلي. لا أجيب عن غير ذلك.`;
export const OPENED_ALREADY = "فُتح هنا قبل قليل.";
