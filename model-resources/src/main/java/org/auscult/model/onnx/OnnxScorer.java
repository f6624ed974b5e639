package org.auscult.model.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.auscult.model.Scorer;

/**
 * Scores with ONNX Runtime. The graph takes {@code features} of shape (n, inputs) and gives {@code
 * margin} and {@code value} of shape (n, outputs), all in double precision.
 *
 * <p>Threads: safe; a session may be run by many at once. One thread inside each run: rows are few,
 * and callers are many. Closing waits for the runs under way, for a cache may let go of a scorer
 * that is in use; whoever comes later gets a {@link Scorer.ScoringException}.
 */
public final class OnnxScorer implements Scorer {
  public static final String FEATURES = "features";
  public static final String MARGIN = "margin";
  public static final String VALUE = "value";

  private final OrtSession session;
  private final int inputs;
  private final ReadWriteLock use = new ReentrantReadWriteLock();
  private boolean closed;

  private OnnxScorer(OrtSession session, int inputs) {
    this.session = session;
    this.inputs = inputs;
  }

  /**
   * Loads a graph and checks that it has the shape of the model.
   *
   * @throws IllegalArgumentException with all reasons if it has not, or cannot be read
   */
  public static OnnxScorer load(byte[] onnx, int inputs, int outputs) {
    OrtSession session = open(onnx);
    List<String> problems = new ArrayList<>();
    try {
      check(session.getInputInfo(), FEATURES, inputs, problems);
      check(session.getOutputInfo(), MARGIN, outputs, problems);
      check(session.getOutputInfo(), VALUE, outputs, problems);
      if (session.getNumInputs() > 1) {
        problems.add("the graph must take '" + FEATURES + "' alone");
      }
    } catch (OrtException e) {
      problems.add("the graph's inputs and outputs cannot be read: " + e.getMessage());
    }
    OnnxScorer scorer = new OnnxScorer(session, inputs);
    if (!problems.isEmpty()) {
      scorer.close();
      throw new IllegalArgumentException(String.join("; ", problems));
    }
    return scorer;
  }

  private static OrtSession open(byte[] onnx) {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      return OrtEnvironment.getEnvironment().createSession(onnx, options);
    } catch (OrtException e) {
      throw new IllegalArgumentException("the ONNX file cannot be loaded: " + e.getMessage(), e);
    }
  }

  private static void check(
      Map<String, NodeInfo> nodes, String name, int width, List<String> problems) {
    NodeInfo node = nodes.get(name);
    if (node == null || !(node.getInfo() instanceof TensorInfo tensor)) {
      problems.add("the graph has no tensor '" + name + "', only " + nodes.keySet());
      return;
    }
    if (tensor.type != ai.onnxruntime.OnnxJavaType.DOUBLE) {
      problems.add("'" + name + "' is of type " + tensor.type + "; it must be DOUBLE");
    }
    long[] shape = tensor.getShape();
    if (shape.length != 2 || (shape[1] != width && shape[1] != -1)) {
      problems.add("'" + name + "' must be of shape (n, " + width + ")");
    }
  }

  @Override
  public Scores score(double[][] rows) {
    DoubleBuffer buffer =
        ByteBuffer.allocateDirect(rows.length * inputs * Double.BYTES)
            .order(ByteOrder.nativeOrder())
            .asDoubleBuffer();
    for (double[] row : rows) {
      if (row.length != inputs) {
        throw new IllegalArgumentException("A row has " + row.length + " values, not " + inputs);
      }
      buffer.put(row);
    }
    buffer.rewind();
    use.readLock().lock();
    try {
      if (closed) {
        throw new ScoringException("The model has been closed; look it up again", null);
      }
      return run(buffer, rows.length);
    } finally {
      use.readLock().unlock();
    }
  }

  private Scores run(DoubleBuffer buffer, int rows) {
    try (OnnxTensor tensor =
            OnnxTensor.createTensor(
                OrtEnvironment.getEnvironment(), buffer, new long[] {rows, inputs});
        OrtSession.Result result = session.run(Map.of(FEATURES, tensor))) {
      return new Scores(matrix(result, MARGIN), matrix(result, VALUE));
    } catch (OrtException e) {
      throw new ScoringException("ONNX Runtime failed: " + e.getMessage(), e);
    }
  }

  private static double[][] matrix(OrtSession.Result result, String name) throws OrtException {
    return (double[][]) result.get(name).orElseThrow().getValue();
  }

  @Override
  public void close() {
    use.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        session.close();
      }
    } catch (OrtException e) {
      throw new ScoringException("The session cannot be closed: " + e.getMessage(), e);
    } finally {
      use.writeLock().unlock();
    }
  }
}
