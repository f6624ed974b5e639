package org.auscult.prove.audit;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.auscult.audit.export.AuditVerifier;
import org.auscult.audit.export.Finding;
import org.auscult.audit.export.Verification;
import org.auscult.prove.audit.LogFile.Part;
import org.auscult.prove.audit.Tampering.Craft;
import org.auscult.prove.audit.Tampering.Kind;

/**
 * Many random tries to tamper with a long log.
 *
 * <p>Idea: thousands of passes over a million leaves would take hours, and are not needed. The
 * verifier takes up its tree at each signed head anew, from the edge beside it, which the head's
 * root binds; from there on it goes through the same code with the same state as if a file began
 * there, but that it knows less of the chains. So what it finds in a file of the one part that was
 * tampered with, it finds in the whole file too. Each try makes such a file in memory and hands it
 * to the command's verifier. That each part without a change is found intact is tried as well, or
 * the verifier could refuse everything. The command itself, over whole files, is tried by {@link
 * WholeFiles}.
 */
final class Tries {
  private static final int MOST_FINDINGS = 50;
  private static final Set<Finding.Kind> AT_A_LEAF =
      Set.of(
          Finding.Kind.CHAIN_BROKEN,
          Finding.Kind.CHAIN_GAP,
          Finding.Kind.CHAIN_REPEATED,
          Finding.Kind.MISSING,
          Finding.Kind.OUT_OF_ORDER,
          Finding.Kind.UNREADABLE,
          Finding.Kind.TIME_BACKWARDS);

  private final LogFile log;
  private final Check check;
  private final Random random;
  private final Tampering tampering;
  private final Set<Part> intact = new HashSet<>();
  private final List<String> failures = new ArrayList<>();

  /** What is tried: the verifier, or in this proof's own test something weaker. */
  interface Check {
    Verification verify(InputStream file) throws IOException;
  }

  Tries(LogFile log, Random random) {
    this(log, random, new AuditVerifier(log.keys(), List.of(), MOST_FINDINGS)::verify);
  }

  Tries(LogFile log, Random random, Check check) {
    this.log = log;
    this.random = random;
    this.tampering = new Tampering(random);
    this.check = check;
  }

  /** What came of the tries of one kind. */
  static final class Score {
    int tries;
    int found;
    int located;
    final Map<Craft, Integer> byCraft = new EnumMap<>(Craft.class);
  }

  Score run(Kind kind, int tries) throws IOException {
    Score score = new Score();
    for (int i = 0; i < tries; i++) {
      Craft craft = Craft.values()[random.nextInt(Craft.values().length)];
      Verification verification = tried(kind, craft);
      score.tries++;
      score.byCraft.merge(craft, 1, Integer::sum);
      if (verification.isIntact()) {
        failures.add(kind + " (" + craft + ") in leaves from " + verification.header().first());
      } else {
        score.found++;
        if (verification.findings().stream().anyMatch(f -> AT_A_LEAF.contains(f.kind()))) {
          score.located++;
        }
      }
    }
    return score;
  }

  private Verification tried(Kind kind, Craft craft) throws IOException {
    Part part = any();
    List<String> lines = log.lines(part);
    if (intact.add(part)) {
      Verification verification = verify(LogFile.export(part, lines));
      if (!verification.isIntact() || verification.leaves() != part.leaves()) {
        failures.add("an intact part is refused: " + verification.findings());
      }
    }
    List<String> others = log.lines(any());
    byte[] elsewhere = Tampering.leaf(others.get(random.nextInt(others.size() - 1)));
    List<String> tampered = tampering.apply(kind, craft, part.header().first(), lines, elsewhere);
    if (tampered.equals(lines)) {
      throw new IllegalStateException("Nothing was tampered with");
    }
    return verify(LogFile.export(part, tampered));
  }

  private Part any() {
    return log.parts().get(random.nextInt(log.parts().size()));
  }

  private Verification verify(byte[] file) throws IOException {
    return check.verify(new ByteArrayInputStream(file));
  }

  /** Parts that were verified without a change. */
  int intactParts() {
    return intact.size();
  }

  /** Each tampering that went unnoticed. */
  List<String> failures() {
    return failures;
  }
}
