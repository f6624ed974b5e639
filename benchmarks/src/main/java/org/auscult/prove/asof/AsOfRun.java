package org.auscult.prove.asof;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.auscult.prove.FhirCalls;
import org.auscult.prove.asof.Questions.Asked;

/**
 * One run against one server: writes and asks at the same time, then looks back.
 *
 * <p>Idea: what was served by the clock is pinned by the epoch that the answer states; which
 * versions stood in that epoch is read from the timeline, and what they say from FHIR's history.
 * The record at rest is asked too, and compared with what follows from the histories alone.
 */
final class AsOfRun {
  /** How much of each. */
  record Size(
      int patients,
      int writers,
      int changesEach,
      int askers,
      int asksEach,
      int askedAtRest,
      int largeBundles,
      int largeEntries,
      int hookPatients,
      int hookCalls) {}

  private final FhirCalls fhir;
  private final Size size;
  private final long seed;
  private final Findings findings;
  private final Definitions definitions = new Definitions();
  private final Reference reference;
  private final List<String> patients = new ArrayList<>();
  private final Instant begun = Instant.now();

  AsOfRun(FhirCalls fhir, Size size, long seed, ZoneId zone, Findings findings) {
    this.fhir = fhir;
    this.size = size;
    this.seed = seed;
    this.findings = findings;
    this.reference = new Reference(definitions, zone);
  }

  void run() throws Exception {
    definitions.create(fhir);
    RandomResources people = new RandomResources(new Random(seed));
    String plain = fhir.create(RandomResources.plainPatient());
    for (ObjectNode resource : people.plain(plain)) {
      fhir.create(resource);
    }
    patients.add(plain);
    // Not before the next millisecond, since a question names whole ones.
    Instant plainly = Instant.now().truncatedTo(ChronoUnit.MILLIS).plusMillis(1);
    for (int i = 1; i < size.patients; i++) {
      patients.add(fhir.create(people.patient()));
    }
    Writer.Shared shared = new Writer.Shared(fhir, patients);
    HookReplay hooks = new HookReplay(fhir, new Random(seed + 1));
    hooks.create(size.hookPatients);
    List<Asked> asked = load(shared, hooks);
    findings.count("histories of patients", size.patients + size.hookPatients);
    findings.count("versions written", shared.changes());
    shared.done().forEach((how, n) -> findings.count("  of these " + how, n.get()));
    findings.count("writes refused for meeting another one", shared.refused().get());

    Histories histories = Histories.read(fhir, reference.statements());
    findings.count("versions read back", histories.versions().size());
    Map<String, EpochRows> epochs = new HashMap<>();
    for (String patient : patients) {
      epochs.put(patient, EpochRows.read(fhir, patient));
    }
    Checks checks = new Checks(fhir, reference, histories, epochs, findings);
    checks.standing(shared.writes());
    for (Asked one : asked) {
      checks.servedUnderLoad(one, shared.writes());
    }
    // Whatever became of it later, then each operator had something to tell.
    Questions questions = new Questions(fhir, new Random(seed + 2), begun);
    checks.atRest(plain, plainly, plainly, questions.byClock(plain, plainly, plainly));
    atRest(checks, questions, histories);
    hooks.replay(findings);
    findings.hollow(reference.operators());
  }

  private List<Asked> load(Writer.Shared shared, HookReplay hooks) throws Exception {
    List<Callable<List<Asked>>> tasks = new ArrayList<>();
    List<Callable<Void>> writing = new ArrayList<>();
    for (int i = 0; i < size.writers; i++) {
      Writer writer = new Writer(shared, seed * 31 + i);
      boolean isLarge = i < size.largeBundles;
      String large = patients.get(i % patients.size());
      writing.add(
          () -> {
            writer.run(size.changesEach / 2);
            if (isLarge) {
              writer.large(size.largeEntries, large);
            }
            writer.run(size.changesEach - size.changesEach / 2);
            return null;
          });
    }
    ExecutorService threads = Executors.newFixedThreadPool(size.writers + size.askers + 2);
    try {
      List<Future<?>> writers = new ArrayList<>();
      writing.forEach(w -> writers.add(threads.submit(w)));
      writers.add(
          threads.submit(
              () -> {
                hooks.write(size.hookCalls);
                return null;
              }));
      for (int i = 0; i < size.askers; i++) {
        Questions questions = new Questions(fhir, new Random(seed * 17 + i), begun);
        tasks.add(
            () ->
                questions.underLoad(
                    patients, size.asksEach, () -> writers.stream().allMatch(Future::isDone)));
      }
      List<Future<List<Asked>>> asking = new ArrayList<>();
      tasks.forEach(t -> asking.add(threads.submit(t)));
      Future<?> calling =
          threads.submit(
              () -> {
                hooks.call(size.hookCalls);
                return null;
              });
      for (Future<?> writer : writers) {
        writer.get();
      }
      calling.get();
      List<Asked> all = new ArrayList<>();
      for (Future<List<Asked>> asker : asking) {
        all.addAll(asker.get());
      }
      return all;
    } finally {
      threads.shutdownNow();
    }
  }

  private void atRest(Checks checks, Questions questions, Histories histories)
      throws IOException, InterruptedException {
    Random random = new Random(seed + 3);
    for (int i = 0; i < size.askedAtRest; i++) {
      String patient = patients.get(random.nextInt(patients.size()));
      List<Standing> changes =
          histories.standings().stream()
              .filter(s -> Statements.patient(s.version()).equals(patient))
              .toList();
      Instant knownAt = questions.knownAt(changes);
      Instant at = random.nextInt(4) == 0 ? knownAt : questions.at();
      checks.atRest(patient, at, knownAt, questions.byClock(patient, at, knownAt));
    }
  }
}
