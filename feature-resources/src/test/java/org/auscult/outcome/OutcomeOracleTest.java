package org.auscult.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.auscult.timeline.FactBuilder.fact;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.auscult.feature.FeatureDefinition;
import org.auscult.feature.FeatureEvaluator;
import org.auscult.feature.Lookback;
import org.auscult.feature.Operator;
import org.auscult.feature.ResolvedFeature;
import org.auscult.feature.Selection;
import org.auscult.outcome.NaiveLabeller.Asked;
import org.auscult.outcome.NaiveLabeller.Death;
import org.auscult.outcome.NaiveLabeller.History;
import org.auscult.outcome.NaiveLabeller.Known;
import org.auscult.outcome.NaiveLabeller.Value;
import org.auscult.outcome.NaiveLabeller.Visit;
import org.auscult.outcome.OutcomeLabel.Censored;
import org.auscult.outcome.OutcomeLabel.Competing;
import org.auscult.outcome.OutcomeLabel.Event;
import org.auscult.outcome.OutcomeLabel.Excluded;
import org.auscult.outcome.OutcomeLabel.NoEvent;
import org.auscult.timeline.Code;
import org.auscult.timeline.Comparator;
import org.auscult.timeline.Demographics;
import org.auscult.timeline.Dispositions;
import org.auscult.timeline.EffectiveTime;
import org.auscult.timeline.EffectiveTime.Precision;
import org.auscult.timeline.Fact;
import org.auscult.timeline.FactBuilder;
import org.auscult.timeline.FactValue;
import org.auscult.timeline.KnownTime;
import org.auscult.timeline.KnownTime.Basis;
import org.auscult.timeline.PatientTimeline;
import org.auscult.timeline.ResourceKind;
import org.auscult.unit.CodeUnits;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Random histories of whole hours, close together so that ends coincide: the labeller says what
 * {@link NaiveLabeller} says, of 64,000 questions.
 *
 * <p>Safety: 29.
 */
class OutcomeOracleTest {
  private static final Instant ORIGIN = Instant.parse("2024-01-01T00:00:00Z");
  private static final Code POTASSIUM = Code.loinc("2823-3");
  private static final Code INPATIENT =
      new Code("http://terminology.hl7.org/CodeSystem/v3-ActCode", "IMP");
  private static final Code AMBULATORY =
      new Code("http://terminology.hl7.org/CodeSystem/v3-ActCode", "AMB");
  private static final List<String> KINDS = List.of("crossing", "readmission", "death", "hospital");
  private static final int HOURS = 120;

  private final OutcomeLabeller labeller =
      new OutcomeLabeller(new FeatureEvaluator(CodeUnits.standard(), ZoneOffset.UTC));

  @Test
  void saysWhatTheNaiveLabellerSays() {
    Map<String, Integer> met = new TreeMap<>();
    for (int seed = 0; seed < 8000; seed++) {
      Random random = new Random(seed);
      Asked asked = asked(random);
      ResolvedOutcome outcome = outcome(asked);
      History history = history(random);
      PatientTimeline timeline =
          new PatientTimeline("p", 1, facts(history), EnumSet.allOf(ResourceKind.class));
      for (int question = 0; question < 8; question++) {
        int index = random.nextInt(HOURS);
        int known = index + random.nextInt(2 * HOURS);
        String expected = NaiveLabeller.label(asked, history, index, known);
        String actual = said(labeller.label(outcome, timeline, at(index), at(known)));
        assertThat(actual)
            .as("seed %s: %s of %s at %s known at %s", seed, asked, history, index, known)
            .isEqualTo(expected);
        met.merge(expected.replaceAll("@.*", ""), 1, Integer::sum);
      }
    }
    assertThat(met.keySet())
        .contains(
            "event",
            "no-event",
            "competing",
            "censored:horizon-open",
            "censored:not-followed",
            "censored:not-measured",
            "censored:unconfirmed",
            "censored:contradicted",
            "excluded:died-before",
            "excluded:no-index-encounter",
            "excluded:prevalent");
    assertThat(met.values()).allSatisfy(count -> assertThat(count).isGreaterThan(20));
  }

  private static Instant at(int hour) {
    return ORIGIN.plus(Duration.ofHours(hour));
  }

  private static String said(OutcomeLabel label) {
    if (label instanceof Event event) {
      return "event@" + hour(event.time());
    }
    if (label instanceof NoEvent none) {
      return "no-event@" + hour(none.followedUntil());
    }
    if (label instanceof Competing competing) {
      return "competing@" + hour(competing.time());
    }
    if (label instanceof Censored censored) {
      return "censored:" + censored.reason().code() + "@" + hour(censored.at());
    }
    return "excluded:" + ((Excluded) label).reason().code();
  }

  private static long hour(Instant instant) {
    return Duration.between(ORIGIN, instant).toHours();
  }

  private static Asked asked(Random random) {
    String kind = KINDS.get(random.nextInt(KINDS.size()));
    boolean isCrossing = kind.equals("crossing");
    boolean isConfirmed = isCrossing && random.nextInt(3) == 0;
    int after = 1 + random.nextInt(12);
    return new Asked(
        kind,
        13 + random.nextInt(36),
        random.nextInt(4) == 0,
        random.nextInt(4) != 0,
        isCrossing && random.nextInt(3) == 0 ? 1 + random.nextInt(12) : 0,
        isCrossing && random.nextInt(4) == 0 ? 1 + random.nextInt(24) : null,
        isCrossing && random.nextInt(6) == 0,
        isConfirmed ? after : null,
        isConfirmed && random.nextBoolean() ? after + 1 + random.nextInt(24) : null,
        isCrossing && random.nextInt(3) == 0,
        random.nextInt(3) == 0 ? 1 + random.nextInt(12) : 0);
  }

  private static History history(Random random) {
    List<Value> values = new ArrayList<>();
    for (int i = random.nextInt(7); i > 0; i--) {
      int hour = random.nextInt(HOURS);
      int known = hour + random.nextInt(6);
      boolean isCorrected = random.nextInt(4) == 0;
      Integer until = isCorrected ? known + 1 + random.nextInt(24) : null;
      values.add(new Value("v" + i, 1, hour, 4 + random.nextInt(5), new Known(known, until)));
      if (until != null && random.nextBoolean()) {
        values.add(new Value("v" + i, 2, hour, 4 + random.nextInt(5), new Known(until, null)));
      }
    }
    List<Visit> visits = new ArrayList<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      int start = random.nextInt(HOURS);
      Integer end = random.nextInt(6) == 0 ? null : Integer.valueOf(start + random.nextInt(30));
      Boolean isDead = null;
      if (end != null && random.nextInt(3) == 0) {
        isDead = random.nextInt(4) == 0;
      }
      visits.add(
          new Visit(
              "e" + i,
              random.nextBoolean(),
              start,
              end,
              isDead,
              new Known(start + random.nextInt(6), null)));
    }
    Death death = null;
    if (random.nextInt(3) == 0) {
      int hour = random.nextInt(HOURS);
      death = new Death(hour, new Known(hour + random.nextInt(24), null));
    }
    return new History(values, visits, death);
  }

  private static List<Fact> facts(History history) {
    List<Fact> facts = new ArrayList<>();
    for (Value value : history.values()) {
      facts.add(
          fact()
              .id(value.id())
              .version(value.version())
              .codes(POTASSIUM)
              .effective(EffectiveTime.at(at(value.hour())))
              .known(known(value.known()))
              .number(String.valueOf((int) value.value()), "mmol/L")
              .build());
    }
    for (Visit visit : history.visits()) {
      facts.add(visit(visit).codes(visit.isStay() ? INPATIENT : AMBULATORY).build());
      Boolean isDead = visit.isDead();
      if (isDead != null) {
        Code how = isDead ? Dispositions.EXPIRED : new Code(Dispositions.SYSTEM, "home");
        facts.add(visit(visit).slot(1).codes(how).build());
      }
    }
    Death death = history.death();
    if (death != null) {
      facts.add(
          fact()
              .kind(ResourceKind.PATIENT)
              .id("p")
              .slot(1003)
              .codes(Demographics.DECEASED)
              .effective(EffectiveTime.at(at(death.hour())))
              .known(known(death.known()))
              .value(new FactValue.Dated(at(death.hour()).toString()))
              .status("")
              .build());
    }
    return facts;
  }

  private static FactBuilder visit(Visit visit) {
    Integer end = visit.end();
    return fact()
        .kind(ResourceKind.ENCOUNTER)
        .id(visit.id())
        .effective(
            new EffectiveTime(
                at(visit.start()),
                at(visit.start()),
                end == null ? null : at(end),
                Precision.INSTANT))
        .known(known(visit.known()))
        .status(end == null ? "in-progress" : "finished");
  }

  private static KnownTime known(Known known) {
    Integer until = known.until();
    return new KnownTime(at(known.from()), until == null ? null : at(until), Basis.RECORDED);
  }

  private static ResolvedOutcome outcome(Asked asked) {
    FeatureDefinition potassium =
        FeatureDefinition.of(
            "https://example.org/Library/potassium",
            "potassium",
            Operator.LATEST,
            Selection.of(ResourceKind.OBSERVATION, List.of(POTASSIUM)),
            "mmol/L");
    FeatureDefinition stays =
        FeatureDefinition.of(
            "https://example.org/Library/stays",
            "stays",
            Operator.EXISTS,
            Selection.of(ResourceKind.ENCOUNTER, List.of(INPATIENT)),
            "1");
    return switch (asked.kind()) {
      case "crossing" ->
          outcome(
              asked,
              new EventRule.Crossing(
                  potassium,
                  new Threshold(Comparator.GREATER, new BigDecimal("6")),
                  asked.confirmedAfter() == null
                      ? null
                      : new Confirmation(
                          hours(asked.confirmedAfter()), hours(asked.confirmedWithin())),
                  asked.measured()),
              Horizon.Anchor.INDEX,
              ResolvedFeature.of(potassium));
      case "readmission" ->
          outcome(
              asked,
              new EventRule.Occurrence(stays, Set.of(), null),
              Horizon.Anchor.DISCHARGE,
              ResolvedFeature.of(stays));
      case "hospital" -> outcome(asked, new EventRule.Death(), Horizon.Anchor.STAY, null);
      default -> outcome(asked, new EventRule.Death(), Horizon.Anchor.INDEX, null);
    };
  }

  private static @Nullable Lookback hours(@Nullable Integer hours) {
    return hours == null || hours == 0 ? null : new Lookback(hours, Lookback.Unit.HOUR);
  }

  private static ResolvedOutcome outcome(
      Asked asked, EventRule rule, Horizon.Anchor anchor, @Nullable ResolvedFeature feature) {
    Washout washout = null;
    if (asked.everWashout()) {
      washout = new Washout(null);
    } else if (asked.washout() != null) {
      washout = new Washout(hours(asked.washout()));
    }
    return new ResolvedOutcome(
        new OutcomeDefinition(
            "https://example.org/Library/outcome",
            "1.0.0",
            "outcome",
            "outcome",
            rule,
            new Horizon(
                anchor,
                anchor == Horizon.Anchor.STAY ? null : hours(asked.length()),
                anchor == Horizon.Anchor.INDEX ? Set.of() : Set.of(INPATIENT),
                asked.startCounts(),
                asked.endCounts(),
                hours(asked.blanking())),
            washout,
            List.of(),
            List.of(),
            List.of(),
            new FollowUp(FollowUp.ANY_ENCOUNTER, List.of(), hours(asked.tolerance()))),
        feature,
        Set.of(),
        ResolvedOutcome.Parts.NONE);
  }
}
