"""Writes a 4-bit model's weights out at full precision: full-precision.py MODEL_Q4.onnx MODEL_FP32.onnx.

MatMulNBits (https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.MatMulNBits)
becomes MatMul. Its weights are two to a byte, the lower half first, in blocks along K with one scale each; without
zero points the value 8 stands for 0. Exits with 1 when the package onnx is missing.
"""
import sys

try:
    import numpy
    import onnx
    from onnx import helper, numpy_helper
except ImportError:
    sys.exit(1)

ZERO = 8


def written_out(node, initializers):
    size = {attribute.name: attribute.i for attribute in node.attribute}
    packed, scales = (numpy_helper.to_array(initializers[name]) for name in node.input[1:3])
    low, high = packed & 0x0F, packed >> 4
    values = numpy.stack([low, high], axis=-1).reshape(size["N"], -1, size["block_size"]).astype(numpy.float32)
    blocks = values.shape[1]
    scaled = (values - ZERO) * scales.reshape(size["N"], blocks, 1).astype(numpy.float32)
    return scaled.reshape(size["N"], -1)[:, : size["K"]].T.copy()


def main(source, target):
    model = onnx.load(source)
    graph = model.graph
    initializers = {tensor.name: tensor for tensor in graph.initializer}
    nodes, spent = [], set()
    for node in graph.node:
        if node.op_type != "MatMulNBits":
            nodes.append(node)
            continue
        if len(node.input) > 3 and node.input[3]:
            sys.exit(f"{node.name} has zero points, which this script does not read")
        name = f"{node.input[1]}.fp32"
        graph.initializer.append(numpy_helper.from_array(written_out(node, initializers), name))
        spent.update(node.input[1:3])
        nodes.append(helper.make_node("MatMul", [node.input[0], name], node.output, node.name))
    kept = [tensor for tensor in graph.initializer if tensor.name not in spent]
    del graph.node[:], graph.initializer[:]
    graph.node.extend(nodes)
    graph.initializer.extend(kept)
    onnx.save(model, target)


main(*sys.argv[1:3])
