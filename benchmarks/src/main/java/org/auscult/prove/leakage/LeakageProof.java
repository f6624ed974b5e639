package org.auscult.prove.leakage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.auscult.prove.Conditions;
import org.auscult.prove.Conditions.Length;
import org.auscult.prove.FhirCalls;
import org.auscult.prove.NotRunException;
import org.auscult.prove.Proof;
import org.auscult.prove.ServerProcess;
import org.auscult.prove.Sources;
import org.auscult.prove.Verdict;
import org.auscult.prove.crash.ProofDatabase;
import org.jspecify.annotations.Nullable;

/**
 * A planted future value, a back-dated result, a corrected one, a deleted one and a merged patient
 * change no feature of before, of any operator.
 *
 * <p>Idea: a vector is asked, then something is planted, and the same is asked again; both must be
 * the same word for word. Of what lies in the future but was recorded before, a twin without it
 * tells. Each feature must differ where leaking is allowed, or the plants could not have shown it.
 */
public final class LeakageProof implements Proof {
  /** Behind all that is planted ahead. */
  private static final int DAYS_AHEAD = 301;

  /** What is fixed at birth, or was first, the future does not change; those excepted, all. */
  private static final Set<String> NOT_OF_THE_FUTURE =
      Set.of("sex", "age", "age_at_first_bp", "sbp_first", "since_first_bmi", "dialysis_of_month");

  @Override
  public String name() {
    return "leakage";
  }

  @Override
  public String about() {
    return "what comes later, or is learnt later, changes no vector of before, of any operator";
  }

  @Override
  public Verdict run(Conditions conditions) throws Exception {
    JsonNode definitions =
        FhirCalls.JSON
            .readTree(Sources.folder().resolve("benchmarks/reference/definitions.json").toFile())
            .path("entry");
    if (conditions.length() == Length.SHORT && conditions.db() == null) {
      return run(conditions, definitions, null);
    }
    try (ProofDatabase database = postgres(conditions)) {
      return run(conditions, definitions, database.create("auscult_leakage"));
    }
  }

  private static ProofDatabase postgres(Conditions conditions) throws NotRunException {
    try {
      return ProofDatabase.open(conditions.db());
    } catch (IOException | IllegalStateException e) {
      throw new NotRunException("PostgreSQL does not start here: " + e.getMessage());
    }
  }

  private static Verdict run(Conditions conditions, JsonNode definitions, @Nullable String db)
      throws Exception {
    Run run = new Run(conditions.seed());
    int patients = conditions.pick(4, 60);
    try (ServerProcess server = conditions.servers().drafts(db)) {
      FhirCalls fhir = server.calls();
      for (JsonNode entry : definitions) {
        fhir.create(entry.path("resource"));
      }
      for (int i = 0; i < patients; i++) {
        run.patient(new Patients(fhir), i);
      }
    }
    run.print(conditions, db == null ? "H2" : "PostgreSQL", patients);
    return new Verdict(run.failures);
  }

  /** All patients, one after the other. */
  private static final class Run {
    private final long seed;
    private final List<String> failures = new ArrayList<>();
    private final Set<String> features = new TreeSet<>();
    private final Set<String> shownByFuture = new TreeSet<>();
    private final Set<String> shownByLater = new TreeSet<>();
    private final Map<String, Integer> compared = new LinkedHashMap<>();
    private int leaks;

    Run(long seed) {
      this.seed = seed;
    }

    void patient(Patients patients, int number) throws IOException, InterruptedException {
      String id = "leak-" + seed + "-" + number;
      long own = 31 * seed + number;
      Instant begun = now();
      Plants with = new Plants(id + "-a", own, begun);
      Plants without = new Plants(id + "-b", own, begun);
      Plants other = new Plants(id + "-c", own + 1_000_003, begun);
      patients.put(with.ordinary());
      patients.put(without.ordinary());
      patients.put(other.ordinary());
      patients.put(with.future());

      Instant at = now();
      Vector first = patients.ask(id + "-a", at);
      Vector ofOther = patients.ask(id + "-c", at);
      features.addAll(first.features().keySet());
      same("a future value", id, first.differingInValue(patients.ask(id + "-b", at)));
      Instant ahead = at.plus(DAYS_AHEAD, ChronoUnit.DAYS);
      shownByFuture.addAll(
          patients.ask(id + "-a", ahead).differingInValue(patients.ask(id + "-b", ahead)));
      Thread.sleep(2);

      plant("a back-dated result", with.backDated(), patients, id, at, first);
      plant("a corrected result", with.corrected(), patients, id, at, first);
      ObjectNode gone = with.anyValue();
      patients.delete(gone);
      unchanged("a deleted result", patients, id, at, first);
      plant("a merged patient", List.of(other.merged(id + "-a")), patients, id, at, first);
      same("what the merged patient was", id, ofOther.differing(patients.ask(id + "-c", at)));
    }

    private static Instant now() {
      return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    private void plant(
        String what,
        List<ObjectNode> resources,
        Patients patients,
        String id,
        Instant at,
        Vector first)
        throws IOException, InterruptedException {
      Vector before = patients.knownBy(id + "-a", at, now());
      patients.put(resources);
      unchanged(what, patients, id, at, first);
      Set<String> shown = before.differing(patients.knownBy(id + "-a", at, now()));
      shownByLater.addAll(shown);
      if (shown.isEmpty()) {
        failures.add(what + " changed nothing even once it was known: it was none");
      }
    }

    private void unchanged(String what, Patients patients, String id, Instant at, Vector first)
        throws IOException, InterruptedException {
      same(what, id, first.differing(patients.ask(id + "-a", at)));
      same(
          what + ", by epoch", id, first.differing(patients.inEpoch(id + "-a", at, first.epoch())));
    }

    private void same(String what, String id, Set<String> differing) {
      compared.merge(what, 1, Integer::sum);
      if (!differing.isEmpty()) {
        leaks++;
        failures.add(what + " of " + id + " leaks into " + differing);
      }
    }

    void print(Conditions conditions, String database, int patients) {
      Set<String> ofFuture = new TreeSet<>(features);
      ofFuture.removeAll(NOT_OF_THE_FUTURE);
      ofFuture.removeAll(shownByFuture);
      Set<String> ofLater = new TreeSet<>(features);
      ofLater.removeAll(shownByLater);
      // A few patients need not meet every feature; many do.
      int unshown = conditions.pick(features.size() / 4, 0);
      if (ofFuture.size() > unshown) {
        failures.add("no future value could have shown a leak into " + ofFuture);
      }
      if (ofLater.size() > unshown || features.isEmpty()) {
        failures.add("nothing learnt later could have shown a leak into " + ofLater);
      }
      conditions
          .out()
          .printf(
              "  %s: %d patients, %d features of all operators; leaks: %d (aim 0)%n",
              database, patients, features.size(), leaks);
      compared.forEach(
          (what, n) -> conditions.out().printf("    %s: %d vectors compared%n", what, n));
      conditions
          .out()
          .printf(
              "    once it may be known, the future shows in %d features, what was learnt later in"
                  + " %d%n",
              shownByFuture.size(), shownByLater.size());
    }
  }
}
