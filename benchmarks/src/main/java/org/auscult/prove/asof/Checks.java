package org.auscult.prove.asof;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.auscult.prove.FhirCalls;
import org.auscult.prove.asof.Comparison.Difference;
import org.auscult.prove.asof.EpochRows.Row;
import org.auscult.prove.asof.Questions.Asked;
import org.auscult.prove.asof.Writer.Written;

/** Each thing that must hold, checked over what was written and what was answered. */
final class Checks {
  private final FhirCalls fhir;
  private final Reference reference;
  private final Histories histories;
  private final Map<String, EpochRows> epochs;
  private final Findings findings;

  Checks(
      FhirCalls fhir,
      Reference reference,
      Histories histories,
      Map<String, EpochRows> epochs,
      Findings findings) {
    this.fhir = fhir;
    this.reference = reference;
    this.histories = histories;
    this.epochs = epochs;
    this.findings = findings;
  }

  private EpochRows rows(String patient) {
    EpochRows rows = epochs.get(patient);
    if (rows == null) {
      throw new IllegalStateException("No epochs were read of a patient");
    }
    return rows;
  }

  /** What was written stands in the history; what stands last is what the histories say. */
  void standing(Map<String, Written> writes) {
    Set<String> read =
        histories.versions().stream().map(Version::reference).collect(Collectors.toSet());
    writes.keySet().stream()
        .filter(w -> !read.contains(w))
        .forEach(w -> findings.fail("lost", w + " was answered and is in no history"));
    findings.count("writes looked up in the histories", writes.size());
    Map<String, TreeSet<String>> last = new HashMap<>();
    for (Standing standing : histories.standings()) {
      String patient = Statements.patient(standing.version());
      if (standing.until() == null && !isEmptyPatient(standing.version())) {
        last.computeIfAbsent(patient, p -> new TreeSet<>()).add(standing.version().reference());
      }
    }
    epochs.forEach(
        (patient, rows) -> {
          Set<String> timeline =
              rows.at(rows.last()).stream()
                  .map(Row::reference)
                  .collect(Collectors.toCollection(TreeSet::new));
          findings.count("versions standing at the end", timeline.size());
          if (!timeline.equals(last.getOrDefault(patient, new TreeSet<>()))) {
            findings.fail(
                "standing",
                "timeline and histories disagree on what stands last at Patient/" + patient);
          }
          order(rows);
          together(patient, rows, writes);
        });
  }

  /** What one transaction wrote of a patient began to stand at once: no epoch shows half of it. */
  private void together(String patient, EpochRows rows, Map<String, Written> writes) {
    Map<List<Long>, Set<Long>> begun = new HashMap<>();
    for (Row row : rows.all()) {
      Written written = writes.get(row.reference());
      if (written != null) {
        begun
            .computeIfAbsent(List.of(written.asked(), written.told()), t -> new TreeSet<>())
            .add(row.from());
      }
    }
    findings.count("transactions of a patient, each in one epoch", begun.size());
    begun.values().stream()
        .filter(epochs -> epochs.size() > 1)
        .forEach(e -> findings.fail("torn", "Patient/" + patient + ": one write in epochs " + e));
  }

  /** A Patient that says nothing of itself has no facts. */
  private static boolean isEmptyPatient(Version version) {
    var json = version.json();
    return version.type().equals("Patient")
        && json != null
        && !json.has("birthDate")
        && !json.has("gender")
        && !json.has("extension");
  }

  /** Of one resource, versions stand one after the other, in their order. */
  private void order(EpochRows rows) {
    Map<String, List<Row>> byResource =
        rows.all().stream().collect(Collectors.groupingBy(r -> resource(r.reference())));
    for (List<Row> one : byResource.values()) {
      List<Row> sorted =
          one.stream()
              .sorted(
                  Comparator.comparingLong((Row r) -> number(r.reference()))
                      .thenComparing(Row::from))
              .toList();
      for (int i = 1; i < sorted.size(); i++) {
        findings.count("successions of versions", 1);
        if (sorted.get(i).from() < sorted.get(i - 1).until()) {
          findings.fail("order", sorted.get(i) + " began before the end of " + sorted.get(i - 1));
        }
      }
    }
  }

  void servedUnderLoad(Asked asked, Map<String, Written> writes)
      throws IOException, InterruptedException {
    findings.count("questions while others wrote", 2);
    long epoch = asked.byClock().epoch();
    String where = "Patient/" + asked.patient() + " at " + asked.at() + " epoch " + epoch;
    EpochRows rows = rows(asked.patient());

    List<Expected> byEpoch = reference.vector(asked.patient(), inEpoch(rows, epoch), asked.at());
    compare(where, byEpoch, asked.byEpoch().values());
    leaks(where, asked.byEpoch().values(), asked.at(), Instant.MAX);

    List<Expected> byClock =
        reference.vector(asked.patient(), byClock(rows, epoch, asked.knownAt()), asked.at());
    compare(where + " known " + asked.knownAt(), byClock, asked.byClock().values());
    leaks(where, asked.byClock().values(), asked.at(), asked.knownAt());

    Answer again =
        new Questions(fhir, new Random(0), Instant.EPOCH)
            .byEpoch(asked.patient(), asked.at(), epoch);
    findings.count("replays by epoch, word for word", 1);
    if (!again.features().equals(asked.byEpoch().features())) {
      findings.fail("replay", where + " was answered otherwise later");
    }
    realTime(where, asked, rows, writes);
  }

  /** What was said to stand before the question was in its epoch; what was not asked yet, not. */
  private void realTime(String where, Asked asked, EpochRows rows, Map<String, Written> writes) {
    for (Row row : rows.at(asked.byClock().epoch())) {
      Written written = writes.get(row.reference());
      if (written != null && written.asked() > asked.told()) {
        findings.fail("order", where + " held " + row.reference() + " before it was written");
      }
      Written next =
          writes.get(resource(row.reference()) + "/_history/" + (number(row.reference()) + 1));
      if (next != null && next.told() < asked.asked()) {
        findings.fail("order", where + " still held " + row.reference() + ", long replaced");
      }
    }
    for (Row row : rows.all()) {
      Written written = writes.get(row.reference());
      if (written != null
          && written.told() < asked.asked()
          && row.from() > asked.byClock().epoch()) {
        findings.fail("order", where + " did not hold " + row.reference() + ", long written");
      }
    }
    findings.count("versions against the order of writes and questions", rows.all().size());
  }

  private List<Standing> inEpoch(EpochRows rows, long epoch) {
    List<Standing> held = new ArrayList<>();
    for (Row row : rows.at(epoch)) {
      Standing standing = histories.byReference().get(row.reference());
      if (standing == null) {
        findings.fail("standing", row.reference() + " stands in an epoch and in no history");
      } else {
        held.add(standing);
      }
    }
    return held;
  }

  /** By the clock, as far as an epoch could tell: what it did not see closed was open. */
  private List<Standing> byClock(EpochRows rows, long epoch, Instant knownAt) {
    List<Standing> held = new ArrayList<>();
    for (Row row : rows.openedBy(epoch)) {
      Standing standing = histories.byReference().get(row.reference());
      if (standing != null) {
        Standing then =
            row.until() <= epoch
                ? standing
                : new Standing(standing.version(), standing.from(), null, standing.assumed());
        if (then.at(knownAt)) {
          held.add(then);
        }
      }
    }
    return held;
  }

  void atRest(String patient, Instant at, Instant knownAt, Answer answer) {
    findings.count("questions to the record at rest", 1);
    String where = "Patient/" + patient + " at " + at + " known " + knownAt;
    compare(where, reference.vector(patient, histories.knownAt(knownAt), at), answer.values());
    leaks(where, answer.values(), at, knownAt);
  }

  private void compare(String where, List<Expected> must, List<Expected> is) {
    findings.count("values compared", must.size());
    findings.results(must);
    findings.differences(where, Comparison.compare(must, is));
  }

  private void leaks(String where, Collection<Expected> values, Instant at, Instant knownAt) {
    List<Difference> leaks =
        Comparison.leaks(values, at, knownAt, histories.byReference(), reference.statements());
    int evidence = values.stream().mapToInt(v -> v.evidence().size()).sum();
    findings.count("pieces of evidence looked at for leaks", evidence);
    findings.differences(where, leaks);
  }

  private static String resource(String reference) {
    return reference.substring(0, reference.indexOf("/_history/"));
  }

  private static long number(String reference) {
    return Long.parseLong(reference.substring(reference.lastIndexOf('/') + 1));
  }
}
