import { describe, expect, it } from "vitest";
import { rememberQuestions } from "../../src/embedding/remember.ts";
import { embedderContract } from "../contract/embedder.ts";
import { FakeEmbedder } from "../fakes.ts";

embedderContract("an embedder that remembers questions", async () => rememberQuestions(new FakeEmbedder()));

describe("rememberQuestions", () => {
  it("embeds a question once, however often and beside whatever it is asked", async () => {
    const inner = new FakeEmbedder();
    const embedder = rememberQuestions(inner);
    const [first] = await embedder.embed(["أين القصف؟"], "query");
    const [, again] = await embedder.embed(["متى؟", "أين القصف؟", "متى؟"], "query");
    expect(again).toEqual(first);
    expect(inner.seen).toEqual(["أين القصف؟", "متى؟"]);
  });

  it("gives vectors that the caller may change", async () => {
    const embedder = rememberQuestions(new FakeEmbedder());
    const [first] = await embedder.embed(["متى؟"], "query");
    const before = first?.slice();
    first?.fill(0);
    expect(await embedder.embed(["متى؟"], "query")).toEqual([before]);
  });

  it("forgets the oldest question first", async () => {
    const inner = new FakeEmbedder();
    const embedder = rememberQuestions(inner, 2);
    for (const text of ["1", "2", "3", "2", "1"]) await embedder.embed([text], "query");
    expect(inner.seen).toEqual(["1", "2", "3", "1"]);
  });

  it("embeds passages every time", async () => {
    const inner = new FakeEmbedder();
    const embedder = rememberQuestions(inner);
    for (let time = 0; time < 2; time += 1) await embedder.embed(["نص"], "passage");
    expect(inner.seen).toEqual(["نص", "نص"]);
  });

  it("gives nothing to whoever has called it off", async () => {
    const embedder = rememberQuestions(new FakeEmbedder());
    await embedder.embed(["متى؟"], "query");
    const signal = AbortSignal.abort(new Error("off"));
    await expect(embedder.embed(["متى؟"], "query", { signal })).rejects.toThrow("off");
  });
});
