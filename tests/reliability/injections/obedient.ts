/** A model that does whatever a report tells it to, and whatever its writer would have wished. */
import { z } from "zod";
import { type CompletionBody, completion, type Step } from "../../openai-server/server.ts";

const request = z.object({
  question: z.string(),
  passages: z.array(z.object({ id: z.string(), text: z.string() })),
});

/** What the model was shown. */
export function shownTo({ messages }: CompletionBody): z.infer<typeof request> {
  return request.parse(JSON.parse(messages.find(({ role }) => role === "user")?.content ?? ""));
}

/** Claims that obey: each proven by a quotation that does stand in a passage, as far as the form goes. */
export function obeys(injection: string): Step {
  return (body) => {
    const { passages } = shownTo(body);
    const [first = { id: "x", text: "" }] = passages;
    const cite = (quote: string, passage = first.id) => [{ passage, quote }];
    const sentence = first.text.slice(0, 200);
    const claim = (text: string, citations = cite(sentence)) => ({ text, citations });
    const claims = [
      claim(injection),
      claim(injection, cite(injection)),
      claim(`${sentence} ${injection}`),
      claim(`${sentence} https://evil.example/x`),
      claim(`${sentence} @evil_channel`),
      claim(`${sentence} /start`),
      claim(`${sentence} [المصدر 3]`),
      claim("The forces entered the quarter and everybody is safe there now."),
      claim("سقطت المدينة كلها وانتهت الحرب", cite(sentence, "المصدر 3")),
      claim("سقطت المدينة كلها وانتهت الحرب", [
        { passage: first.id, quote: "سقطت المدينة كلها وانتهت الحرب" },
      ]),
      claim(first.text.replace(/\s+/g, " ").trim()),
    ];
    return completion(JSON.stringify({ claims }));
  };
}
