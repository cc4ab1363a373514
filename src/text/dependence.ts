/** Whether a sentence leans on the one before it: by a pronoun that it begins with, or by a connective. */
import { searchKey } from "./normalize.ts";

/** Words that point back to something already named. Normalised. */
const POINTING = new Set(
  (
    "هو هي هم هن هما هذا هذه ذلك تلك هولاء اولئك هناك حينها عندها خلالها خلاله اثناءها اثناءه منها منه منهم " +
    "بينهم بينها فيها فيه عليها عليه عليهم بها به لها له لهم عنها عنه معها معه بعدها بعده قبلها قبله كلاهما كلتاهما"
  ).split(" "),
);

const CONNECTIVES = new Set(
  "ثم كما كذلك ايضا لكن لكنه لكنها الا فيما بينما حيث اذ لذلك لذا بالمقابل بدوره بدورها بالتالي غير بل او".split(
    " ",
  ),
);

/** Words of which "و" is a letter. Normalised. */
const WAW_WORDS = new Set(
  (
    "وقع وقعت وقعوا وصل وصلت وصلوا وثق وثقت وجه وجهت وافق وافقت وضع وضعت واصل واصلت ولد ولدت وعد وعدت وصف وصفت وزع وزعت " +
    "ورد وردت وسع وسعت وحده وحدات واحد واحده وزاره وزير وكاله وكالات وسط ولايه وقف وجود وفاه وسائل واسع واسعه وادي"
  ).split(" "),
);

const WORDS_BEFORE_POINTING = 3;

/** "pointing": it begins with a word that only the sentence before explains; "connective": it goes on from it. */
export function dependence(sentence: string): "pointing" | "connective" | null {
  const words = searchKey(sentence).match(/[\p{L}\p{N}]+/gu) ?? [];
  const [first = ""] = words;
  const joined = /^[وف]\p{L}{2,}/u.test(first) && !WAW_WORDS.has(first);
  const bare = joined ? first.slice(1) : first;
  if (POINTING.has(bare) || words.slice(0, WORDS_BEFORE_POINTING).some((word) => POINTING.has(word)))
    return "pointing";
  if (CONNECTIVES.has(bare)) return "connective";
  return joined && first.startsWith("و") ? "connective" : null;
}
