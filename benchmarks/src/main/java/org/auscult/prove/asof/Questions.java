package org.auscult.prove.asof;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.auscult.prove.FhirCalls;

/** Asks for vectors at random times. */
final class Questions {
  /**
   * One question by clock, and the same at once by the epoch that its answer stated.
   *
   * @param asked when, in this process's nanoseconds, as {@code told}
   */
  record Asked(
      String patient,
      Instant at,
      Instant knownAt,
      Answer byClock,
      Answer byEpoch,
      long asked,
      long told) {}

  private final FhirCalls fhir;
  private final Random random;
  private final Instant begun;

  /**
   * @param begun before the first write
   */
  Questions(FhirCalls fhir, Random random, Instant begun) {
    this.fhir = fhir;
    this.random = random;
    this.begun = begun;
  }

  /** Asks while others write. */
  List<Asked> underLoad(List<String> patients, int most, BooleanSupplier isOver)
      throws IOException, InterruptedException {
    List<Asked> all = new ArrayList<>();
    while (all.size() < most && !isOver.getAsBoolean()) {
      String patient = patients.get(random.nextInt(patients.size()));
      Instant at = at();
      Instant knownAt = random.nextInt(3) == 0 ? at : knownAt();
      long asked = System.nanoTime();
      Answer byClock = byClock(patient, at, knownAt);
      long told = System.nanoTime();
      Answer byEpoch = byEpoch(patient, at, byClock.epoch());
      all.add(new Asked(patient, at, knownAt, byClock, byEpoch, asked, told));
    }
    return all;
  }

  Answer byClock(String patient, Instant at, Instant knownAt)
      throws IOException, InterruptedException {
    return ask(patient, at, "&knownAt=" + knownAt);
  }

  Answer byEpoch(String patient, Instant at, long epoch) throws IOException, InterruptedException {
    return ask(patient, at, "&epoch=" + epoch);
  }

  private Answer ask(String patient, Instant at, String known)
      throws IOException, InterruptedException {
    String set = Definitions.SET.replace("|", "%7C");
    FhirCalls.Answer answer =
        fhir.get("/fhir/Patient/" + patient + "/$features?featureSet=" + set + "&at=" + at + known);
    if (answer.status() != 200) {
      throw new IOException("A question was answered with HTTP " + answer.status());
    }
    return Answer.of(answer.body());
  }

  /** Mostly about now, where most is known; also any time of the last years, and some to come. */
  Instant at() {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    return switch (random.nextInt(10)) {
      case 0 -> now.plus(random.nextInt(90 * 24), ChronoUnit.HOURS);
      case 1, 2, 3, 4 -> now.minus(random.nextInt(30 * 86_400), ChronoUnit.SECONDS);
      case 5, 6, 7, 8 -> now.minus(random.nextInt(6 * 365 * 1440), ChronoUnit.MINUTES);
      default -> now;
    };
  }

  /** While the record was written, or long before it or after it. */
  private Instant knownAt() {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    long since = Math.max(1, ChronoUnit.MILLIS.between(begun, now));
    return switch (random.nextInt(6)) {
      case 0 -> now.minus(random.nextInt(6 * 365 * 1440), ChronoUnit.MINUTES);
      case 1 -> now.plus(1, ChronoUnit.DAYS);
      default -> now.minus(random.nextLong(since), ChronoUnit.MILLIS);
    };
  }

  /** For a record at rest: also the very milliseconds in which something changed, and the next. */
  Instant knownAt(List<Standing> changes) {
    if (random.nextBoolean() || changes.isEmpty()) {
      return knownAt();
    }
    Standing one = changes.get(random.nextInt(changes.size()));
    Instant change = one.until() == null || random.nextBoolean() ? one.from() : one.until();
    boolean isOld = change.isBefore(begun.minus(10_000, ChronoUnit.DAYS));
    return isOld ? knownAt() : change.plusMillis(random.nextInt(3) - 1);
  }
}
