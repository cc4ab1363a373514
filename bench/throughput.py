"""Embeds texts with Python's onnxruntime: the usual way (sorted by length, batches, mean pooling), for bench/throughput.ts.

Reads {"model", "tokenizer", "texts", "batch"} as one line of JSON from standard input, then for every further line
embeds all texts once and prints {"seconds", "processor"} (wall, and all cores). The first line printed is the versions.
"""
import json
import resource
import sys
import time

try:
    import numpy
    import onnxruntime
    import tokenizers
except ImportError as problem:
    print(json.dumps({"missing": str(problem)}))
    sys.exit(0)

PADDING = 1


def embed(session, tokenizer, texts, batch):
    tokens = [encoded.ids for encoded in tokenizer.encode_batch(texts)]
    order = sorted(range(len(tokens)), key=lambda index: len(tokens[index]))
    vectors = [None] * len(tokens)
    for start in range(0, len(order), batch):
        group = order[start : start + batch]
        width = max(len(tokens[index]) for index in group)
        ids = numpy.full((len(group), width), PADDING, dtype=numpy.int64)
        mask = numpy.zeros((len(group), width), dtype=numpy.int64)
        for row, index in enumerate(group):
            ids[row, : len(tokens[index])] = tokens[index]
            mask[row, : len(tokens[index])] = 1
        (hidden,) = session.run(["last_hidden_state"], {"input_ids": ids, "attention_mask": mask})
        pooled = (hidden * mask[..., None]).sum(1) / mask.sum(1, keepdims=True)
        pooled /= numpy.linalg.norm(pooled, axis=1, keepdims=True)
        for row, index in enumerate(group):
            vectors[index] = pooled[row]
    return vectors


def processor():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def main():
    job = json.loads(sys.stdin.readline())
    tokenizer = tokenizers.Tokenizer.from_file(job["tokenizer"])
    tokenizer.no_padding()
    tokenizer.enable_truncation(512)
    session = onnxruntime.InferenceSession(job["model"], providers=["CPUExecutionProvider"])
    texts = ["passage: " + text for text in job["texts"]]
    embed(session, tokenizer, texts[: job["batch"]], job["batch"])
    versions = f"Python {sys.version.split()[0]}, onnxruntime {onnxruntime.__version__}"
    print(json.dumps({"versions": versions}), flush=True)
    for _ in sys.stdin:
        begun, before = time.perf_counter(), processor()
        vectors = embed(session, tokenizer, texts, job["batch"])
        result = {"seconds": time.perf_counter() - begun, "processor": processor() - before}
        print(json.dumps({**result, "first": [float(value) for value in vectors[0]]}), flush=True)


main()
