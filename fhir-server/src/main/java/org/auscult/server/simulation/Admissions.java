package org.auscult.server.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.auscult.prediction.CardId;
import org.auscult.statistics.uncertainty.SplitMix64;

/**
 * Who comes into hospital: bundled patients, drawn with replacement, each with another id, other
 * birthday and other values.
 *
 * <p>Each patient has chances of their own, by the seed and their number, and as many are drawn
 * whatever is planted: so years of one seed differ by what was planted alone.
 */
final class Admissions {
  static final List<String> SITES = List.of("north", "south");

  private static final Duration WEEK = Duration.ofDays(7);
  private static final int CLINICIANS = 40;
  private static final double LONGEST_DAYS = 20;
  private static final double SHARE_OF_OTHERS = 0.7;
  private static final long YEARS_OLDER = 13;
  private static final double DAYS_A_YEAR = 365.25;

  private final YearPlan plan;
  private final List<BundledPatient> bundled;

  Admissions(YearPlan plan, List<BundledPatient> bundled) {
    if (bundled.isEmpty()) {
      throw new IllegalStateException("No bundled patient has all measurements");
    }
    this.plan = plan;
    this.bundled = List.copyOf(bundled);
  }

  /** All whose charts are opened within the year, in that order. */
  List<HospitalStay> all() {
    Duration between = WEEK.dividedBy(plan.patientsPerWeek());
    int most = Math.toIntExact(Duration.between(plan.begin(), plan.end()).dividedBy(between)) + 1;
    return IntStream.range(0, most)
        .mapToObj(number -> drawn(number, between))
        .filter(stay -> stay.predicted().isBefore(plan.end()))
        .sorted(Comparator.comparing(HospitalStay::predicted).thenComparing(HospitalStay::patient))
        .toList();
  }

  private HospitalStay drawn(int number, Duration between) {
    SplitMix64 chance = new SplitMix64(new SplitMix64(plan.seed()).next() + number);
    Instant admitted =
        plan.begin()
            .plus(between.multipliedBy(number))
            .plusMillis((long) (between.toMillis() * chance.uniform()));
    BundledPatient of = bundled.get(chance.below(bundled.size()));
    boolean isOther =
        chance.uniform() < SHARE_OF_OTHERS && plan.isPlanted(Planted.POPULATION, admitted);
    double years = 8 + 11 * chance.normal() + (isOther ? YEARS_OLDER : 0);
    Map<Vital, Double> measured = new EnumMap<>(Vital.class);
    for (Vital vital : Vital.values()) {
      double usual = of.latest().getOrDefault(vital, 0.0);
      measured.put(vital, vital.drawn(usual, chance.normal(), isOther));
    }
    double stayed = Math.min(LONGEST_DAYS, 1.5 + 3.5 * Math.exp(0.6 * chance.normal()));
    return new HospitalStay(
        "simulated-" + (number + 1),
        CardId.journal(new UUID(chance.next(), chance.next())),
        of.gender(),
        YearPlan.day(admitted).minusDays(of.days() + Math.round(years * DAYS_A_YEAR)),
        SITES.get(chance.below(SITES.size())),
        measured,
        admitted,
        admitted.plus(minutes(8 * 60 + 10 * 60 * chance.uniform())),
        admitted.plus(minutes(stayed * 24 * 60)),
        chance.uniform(),
        "clinician-" + (1 + chance.below(CLINICIANS)),
        chance.normal(),
        chance.uniform());
  }

  private static Duration minutes(double minutes) {
    return Duration.ofMinutes(Math.round(minutes));
  }
}
