package org.auscult.prove.audit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.auscult.prove.Conditions;
import org.auscult.prove.Folders;
import org.auscult.prove.Proof;
import org.auscult.prove.Verdict;
import org.auscult.prove.audit.Tampering.Kind;

/**
 * Tampers with a log of a million audit events, a thousand times in each way, by who knows its form
 * but has not its key; the offline verifier finds every one. In short form: 20,000 events, 50
 * times.
 *
 * <p>{@link Tries} says why a try need not read the whole log. {@link ServedLog} asks a running
 * server for its own.
 */
public final class AuditProof implements Proof {
  private static final int PARTS = 1000;

  @Override
  public String name() {
    return "audit";
  }

  @Override
  public String about() {
    return "every changed, removed, reordered or inserted audit event is found, offline";
  }

  @Override
  public Verdict run(Conditions conditions) throws Exception {
    List<String> failures = new ArrayList<>();
    Path folder = Files.createTempDirectory("auscult-audit");
    try {
      int size = conditions.pick(20_000, 1_000_000);
      long start = System.nanoTime();
      LogFile log =
          LogFile.write(
              folder.resolve("audit.log"),
              new SyntheticEvents(conditions.seed()),
              size,
              size / PARTS * conditions.pick(10, 1));
      conditions
          .out()
          .printf(
              "  %,d events, a signed head after each %,d, written in %.1f s%n",
              size, log.parts().get(0).leaves(), (System.nanoTime() - start) / 1e9);
      Random random = new Random(conditions.seed());
      failures.addAll(tries(conditions, log, random));
      failures.addAll(new WholeFiles(log, folder, random, conditions.out()).run());
      failures.addAll(new ServedLog(conditions, folder).run());
    } finally {
      Folders.delete(folder);
    }
    return new Verdict(failures);
  }

  private static List<String> tries(Conditions conditions, LogFile log, Random random)
      throws Exception {
    Tries tries = new Tries(log, random);
    for (Kind kind : Kind.values()) {
      long start = System.nanoTime();
      Tries.Score score = tries.run(kind, conditions.pick(50, 1000));
      conditions
          .out()
          .printf(
              "  %-8s %d of %d found, %d of them also at a leaf; %s in %.1f s%n",
              kind,
              score.found,
              score.tries,
              score.located,
              score.byCraft,
              (System.nanoTime() - start) / 1e9);
    }
    conditions.out().printf("  %d parts without a change: intact%n", tries.intactParts());
    return tries.failures();
  }
}
