package org.auscult.prove;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a proof is to be run.
 *
 * @param seed of everything random in it
 * @param data folder of the test data
 * @param db PostgreSQL to use; null starts an embedded one, or takes H2
 * @param write whether a proof of what is committed may write it anew
 * @param only the cases to be repeated, of proofs that number theirs; empty for all
 * @param servers that proofs of one command share
 * @param out where it prints
 */
public record Conditions(
    Length length,
    long seed,
    Path data,
    @Nullable String db,
    boolean write,
    List<Integer> only,
    CommonServers servers,
    PrintStream out) {
  public Conditions {
    only = List.copyOf(only);
  }

  /** The whole measurement, or a slice of it that fits into a build. */
  public enum Length {
    SHORT,
    WHOLE
  }

  /** One of two numbers, by length. */
  public int pick(int inShort, int whole) {
    return length == Length.SHORT ? inShort : whole;
  }
}
