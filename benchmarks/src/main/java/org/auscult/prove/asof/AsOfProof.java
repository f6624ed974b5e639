package org.auscult.prove.asof;

import java.io.IOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.auscult.prove.Conditions;
import org.auscult.prove.FhirCalls;
import org.auscult.prove.NotRunException;
import org.auscult.prove.Proof;
import org.auscult.prove.ServerProcess;
import org.auscult.prove.Verdict;
import org.auscult.prove.asof.AsOfRun.Size;
import org.auscult.prove.crash.ProofDatabase;
import org.jspecify.annotations.Nullable;

/**
 * As-of truth: random histories with corrections, late arrivals, entered-in-error, deletions,
 * moves, loads of history, large transactions and concurrent writers, asked while they are written
 * and afterwards, on H2 and on PostgreSQL.
 */
public final class AsOfProof implements Proof {
  private static final List<String> ZONES = List.of("UTC", "America/New_York", "Asia/Kolkata");

  @Override
  public String name() {
    return "asof";
  }

  @Override
  public String about() {
    return "a vector as of any time is what a slow reference says; nothing known later is used";
  }

  @Override
  public Verdict run(Conditions conditions) throws Exception {
    List<String> failures = new ArrayList<>();
    try (ProofDatabase database = postgres(conditions)) {
      failures.addAll(run(conditions, "H2", null, whole(conditions)));
      Size size =
          conditions.length() == Conditions.Length.SHORT
              ? new Size(3, 2, 12, 1, 20, 40, 1, 100, 2, 4)
              : whole(conditions);
      failures.addAll(run(conditions, "PostgreSQL", database.create("auscult_asof"), size));
    }
    return new Verdict(failures);
  }

  private static ProofDatabase postgres(Conditions conditions) throws NotRunException {
    try {
      return ProofDatabase.open(conditions.db());
    } catch (IOException | IllegalStateException e) {
      throw new NotRunException("PostgreSQL does not start here: " + e.getMessage());
    }
  }

  private static Size whole(Conditions conditions) {
    return conditions.length() == Conditions.Length.SHORT
        ? new Size(6, 3, 30, 2, 40, 150, 1, 200, 3, 8)
        : new Size(40, 6, 150, 3, 400, 2000, 3, 3000, 12, 60);
  }

  private static List<String> run(
      Conditions conditions, String what, @Nullable String db, Size size) throws Exception {
    // The site's zone is drawn too: partial dates and birthdays hang on it.
    String zone = ZONES.get((int) Math.floorMod(conditions.seed(), 3L));
    Findings findings = new Findings();
    try (ServerProcess server = ServerProcess.start(db, Map.of("auscult.time-zone", zone))) {
      FhirCalls fhir = server.calls();
      new AsOfRun(fhir, size, conditions.seed(), ZoneId.of(zone), findings).run();
    }
    conditions.out().printf("  %s, site in %s, %d writers at once:%n", what, zone, size.writers());
    findings.print(conditions.out());
    return findings.failures();
  }
}
