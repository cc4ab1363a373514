import { embedderContract } from "./contract/embedder.ts";
import { FakeEmbedder } from "./fakes.ts";

embedderContract("the fake embedder", async () => new FakeEmbedder());
