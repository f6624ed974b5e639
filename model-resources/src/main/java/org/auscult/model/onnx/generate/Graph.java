package org.auscult.model.onnx.generate;

import ai.onnx.proto.OnnxMl;
import java.util.List;

/**
 * A small writer of ONNX graphs in double precision: each method adds one node and names its
 * output. The order of calls is the order of nodes, so the same calls give the same bytes.
 */
final class Graph {
  private static final int DOUBLE = OnnxMl.TensorProto.DataType.DOUBLE.getNumber();
  private static final int INT64 = OnnxMl.TensorProto.DataType.INT64.getNumber();
  private static final long OPSET = 13;
  private static final long IR_VERSION = 7;

  private final OnnxMl.GraphProto.Builder graph = OnnxMl.GraphProto.newBuilder();
  private int next;

  Graph(String name) {
    graph.setName(name);
  }

  /** The names of inputs and outputs are the scorer's. */
  String input(String name, int columns) {
    graph.addInput(tensor(name, columns));
    return name;
  }

  void output(String from, String name, int columns) {
    graph.addNode(
        OnnxMl.NodeProto.newBuilder().setOpType("Identity").addInput(from).addOutput(name));
    graph.addOutput(tensor(name, columns));
  }

  /** One column of a matrix, of shape (n, 1). */
  String column(String matrix, int index) {
    String name = name();
    graph.addInitializer(
        OnnxMl.TensorProto.newBuilder()
            .setName(name)
            .setDataType(INT64)
            .addDims(1)
            .addInt64Data(index));
    return node("Gather", List.of(matrix, name), "axis", 1);
  }

  /** A constant of shape (1, 1). */
  String constant(double value) {
    return matrix(new double[][] {{value}});
  }

  String matrix(double[][] values) {
    String name = name();
    OnnxMl.TensorProto.Builder tensor =
        OnnxMl.TensorProto.newBuilder()
            .setName(name)
            .setDataType(DOUBLE)
            .addDims(values.length)
            .addDims(values[0].length);
    for (double[] row : values) {
      for (double value : row) {
        tensor.addDoubleData(value);
      }
    }
    graph.addInitializer(tensor);
    return name;
  }

  String add(String a, String b) {
    return node("Add", List.of(a, b));
  }

  String subtract(String a, String b) {
    return node("Sub", List.of(a, b));
  }

  String multiply(String a, String b) {
    return node("Mul", List.of(a, b));
  }

  String divide(String a, String b) {
    return node("Div", List.of(a, b));
  }

  String min(String a, String b) {
    return node("Min", List.of(a, b));
  }

  String max(String a, String b) {
    return node("Max", List.of(a, b));
  }

  String log(String a) {
    return node("Log", List.of(a));
  }

  String exp(String a) {
    return node("Exp", List.of(a));
  }

  String product(String a, String b) {
    return node("MatMul", List.of(a, b));
  }

  String beside(List<String> columns) {
    return node("Concat", columns, "axis", 1);
  }

  /** 1 where a is b or more, 0 where it is less. */
  String isAtLeast(String a, String b) {
    String isLess = node("Less", List.of(a, b));
    return node("Cast", List.of(node("Not", List.of(isLess))), "to", DOUBLE);
  }

  /** 1 / (1 + exp(−x)), of the operators that every runtime has in double precision. */
  String logistic(String x) {
    String one = constant(1);
    return divide(one, add(one, exp(multiply(x, constant(-1)))));
  }

  byte[] bytes() {
    return OnnxMl.ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .setProducerName("auscult")
        .addOpsetImport(OnnxMl.OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
        .setGraph(graph)
        .build()
        .toByteArray();
  }

  private String node(String operator, List<String> inputs) {
    return add(OnnxMl.NodeProto.newBuilder().setOpType(operator).addAllInput(inputs));
  }

  private String node(String operator, List<String> inputs, String attribute, int value) {
    return add(
        OnnxMl.NodeProto.newBuilder()
            .setOpType(operator)
            .addAllInput(inputs)
            .addAttribute(
                OnnxMl.AttributeProto.newBuilder()
                    .setName(attribute)
                    .setType(OnnxMl.AttributeProto.AttributeType.INT)
                    .setI(value)));
  }

  private String add(OnnxMl.NodeProto.Builder node) {
    String output = name();
    graph.addNode(node.addOutput(output));
    return output;
  }

  private static OnnxMl.ValueInfoProto tensor(String name, int columns) {
    OnnxMl.TensorShapeProto shape =
        OnnxMl.TensorShapeProto.newBuilder()
            .addDim(OnnxMl.TensorShapeProto.Dimension.newBuilder().setDimParam("n"))
            .addDim(OnnxMl.TensorShapeProto.Dimension.newBuilder().setDimValue(columns))
            .build();
    return OnnxMl.ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            OnnxMl.TypeProto.newBuilder()
                .setTensorType(
                    OnnxMl.TypeProto.Tensor.newBuilder().setElemType(DOUBLE).setShape(shape)))
        .build();
  }

  private String name() {
    return "t" + next++;
  }
}
