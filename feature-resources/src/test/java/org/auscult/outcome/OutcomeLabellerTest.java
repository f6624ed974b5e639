package org.auscult.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.auscult.timeline.FactBuilder.fact;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.auscult.feature.FeatureDefinition;
import org.auscult.feature.FeatureEvaluator;
import org.auscult.feature.Lookback;
import org.auscult.feature.Operator;
import org.auscult.feature.ResolvedFeature;
import org.auscult.feature.Selection;
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
import org.auscult.timeline.FactContext;
import org.auscult.timeline.FactValue;
import org.auscult.timeline.PatientTimeline;
import org.auscult.timeline.ResourceKind;
import org.auscult.timeline.TimelineQuery;
import org.auscult.unit.CodeUnits;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The rules of labels, one at a time; the table of cases is in {@code OutcomeCasesTest}.
 *
 * <p>Safety: 29.
 */
class OutcomeLabellerTest {
  private static final Instant INDEX = Instant.parse("2024-03-01T12:00:00Z");
  private static final Instant LATER = Instant.parse("2025-01-01T00:00:00Z");
  private static final Code POTASSIUM = Code.loinc("2823-3");
  private static final Code INPATIENT =
      new Code("http://terminology.hl7.org/CodeSystem/v3-ActCode", "IMP");
  private static final Lookback THIRTY_DAYS = new Lookback(30, Lookback.Unit.DAY);

  private final OutcomeLabeller labeller =
      new OutcomeLabeller(new FeatureEvaluator(CodeUnits.standard(), ZoneOffset.UTC));
  private final List<Fact> facts = new ArrayList<>();

  @Test
  void theFirstValueBeyondTheThresholdIsTheEvent() {
    facts.add(potassium("a", "2024-03-02T08:00:00Z", "5.9"));
    facts.add(potassium("b", "2024-03-03T08:00:00Z", "6.1"));
    facts.add(potassium("c", "2024-03-04T08:00:00Z", "6.4"));

    assertThat(label(hyperkalaemia()))
        .isInstanceOfSatisfying(
            Event.class,
            event -> {
              assertThat(event.time()).isEqualTo("2024-03-03T08:00:00Z");
              assertThat(event.evidence().references()).containsExactly("Observation/b/_history/1");
              assertThat(event.evidence().known()).isEqualTo("2024-03-03T08:00:00Z");
            });
  }

  @Test
  void whoWasNotSeenAtTheEndIsCensoredWhenLastSeen() {
    facts.add(potassium("a", "2024-03-20T08:00:00Z", "4.5"));

    assertThat(label(hyperkalaemia()))
        .isInstanceOfSatisfying(
            Censored.class,
            censored -> {
              assertThat(censored.reason()).isEqualTo(CensoringReason.NOT_FOLLOWED);
              assertThat(censored.at()).isEqualTo("2024-03-20T08:00:00Z");
            });
  }

  @Test
  void whoWasSeenAfterTheEndHadNoEvent() {
    facts.add(stay("e", "2024-05-01T08:00:00Z", "2024-05-02T08:00:00Z").build());

    assertThat(label(hyperkalaemia()))
        .isInstanceOfSatisfying(
            NoEvent.class,
            none ->
                assertThat(none.evidence().references()).containsExactly("Encounter/e/_history/1"));
  }

  @Test
  void deathBeforeTheEventCompetes() {
    facts.add(died("2024-03-05T00:00:00Z"));
    facts.add(potassium("post-mortem", "2024-03-05T08:00:00Z", "9.0"));

    assertThat(label(hyperkalaemia()))
        .isInstanceOfSatisfying(
            Competing.class, competing -> assertThat(competing.what()).isEqualTo("death"));
  }

  @Test
  void aLabelIsThatOfWhatWasKnown() {
    facts.add(
        FactBuilder.fact()
            .id("a")
            .codes(POTASSIUM)
            .at("2024-03-03T08:00:00Z")
            .known("2024-06-01T08:00:00Z")
            .number("6.1", "mmol/L")
            .build());

    assertThat(label(hyperkalaemia(), Instant.parse("2024-05-31T00:00:00Z")))
        .isInstanceOf(Censored.class);
    assertThat(label(hyperkalaemia(), Instant.parse("2024-06-02T00:00:00Z")))
        .isInstanceOf(Event.class);
  }

  @Test
  void aStayThatWasLeftDeadIsADeathInHospital() {
    facts.add(stay("e", "2024-02-28T08:00:00Z", "2024-03-04T08:00:00Z").build());
    facts.add(
        stay("e", "2024-02-28T08:00:00Z", "2024-03-04T08:00:00Z")
            .slot(1)
            .codes(Dispositions.EXPIRED)
            .build());

    assertThat(label(inHospitalDeath()))
        .isInstanceOfSatisfying(
            Event.class, event -> assertThat(event.time()).isEqualTo("2024-03-04T08:00:00Z"));
  }

  @Test
  void whoLeavesAStayAliveHadNoEvent() {
    facts.add(stay("e", "2024-02-28T08:00:00Z", "2024-03-04T08:00:00Z").build());
    facts.add(died("2024-03-06T00:00:00Z"));

    assertThat(label(inHospitalDeath())).isInstanceOf(NoEvent.class);
  }

  @Test
  void withoutAStayNothingIsAsked() {
    facts.add(stay("e", "2024-02-20T08:00:00Z", "2024-02-21T08:00:00Z").build());

    assertThat(label(inHospitalDeath()))
        .isInstanceOfSatisfying(
            Excluded.class,
            excluded ->
                assertThat(excluded.reason()).isEqualTo(ExclusionReason.NO_INDEX_ENCOUNTER));
  }

  @Test
  void anIncompleteSearchProvesNothing() {
    facts.add(stay("e", "2024-05-01T08:00:00Z", "2024-05-02T08:00:00Z").build());
    PatientTimeline merged = new PatientTimeline("p", 1, facts, Set.of());

    assertThat(labeller.label(hyperkalaemia(), merged, INDEX, LATER))
        .isInstanceOfSatisfying(
            Censored.class,
            censored -> assertThat(censored.reason()).isEqualTo(CensoringReason.SEARCH_INCOMPLETE));
    assertThat(
            labeller.label(
                inHospitalDeath(),
                new PatientTimeline(
                    "p",
                    1,
                    List.of(stay("e", "2024-03-01T08:00:00Z", "2024-03-02T08:00:00Z").build()),
                    Set.of()),
                INDEX,
                LATER))
        .isInstanceOfSatisfying(
            Censored.class,
            censored -> assertThat(censored.reason()).isEqualTo(CensoringReason.SEARCH_INCOMPLETE));
  }

  /** Up to 2024-06-01 nothing had come since March; then it came again. */
  private static @Nullable Instant silentUpToJune(
      String site, ResourceKind kind, Instant end, Instant knownAt) {
    return site.equals("north")
            && kind == ResourceKind.OBSERVATION
            && knownAt.isBefore(Instant.parse("2024-06-01T00:00:00Z"))
        ? Instant.parse("2024-03-15T00:00:00Z")
        : null;
  }

  /** The same question of two known times has two answers, and each stays. */
  @Test
  void aSilentFeedProvesNothingUntilItIsHeardAgain() {
    facts.add(at("north", stay("e", "2024-05-01T08:00:00Z", "2024-05-02T08:00:00Z")));
    OutcomeLabeller watchful =
        new OutcomeLabeller(
            new FeatureEvaluator(CodeUnits.standard(), ZoneOffset.UTC),
            OutcomeLabellerTest::silentUpToJune);
    PatientTimeline timeline =
        new PatientTimeline("p", 1, facts, EnumSet.allOf(ResourceKind.class));
    Instant may = Instant.parse("2024-05-20T00:00:00Z");

    OutcomeLabel silent = watchful.label(hyperkalaemia(), timeline, INDEX, may);
    assertThat(silent)
        .isInstanceOfSatisfying(
            Censored.class,
            censored -> {
              assertThat(censored.reason()).isEqualTo(CensoringReason.FEED_SILENT);
              assertThat(censored.at()).isEqualTo("2024-03-15T00:00:00Z");
              assertThat(censored.evidence().references())
                  .containsExactly("Encounter/e/_history/1");
            });
    assertThat(OutcomeLabeller.again(hyperkalaemia(), timeline, silent, INDEX, may))
        .isEqualTo("2024-05-20T01:00:00Z");
    assertThat(watchful.label(hyperkalaemia(), timeline, INDEX, LATER)).isInstanceOf(NoEvent.class);
    assertThat(watchful.label(hyperkalaemia(), timeline, INDEX, may)).isEqualTo(silent);
  }

  @Test
  void aFeedIsAskedOfWhereThePatientWasSeen() {
    facts.add(at("south", stay("e", "2024-05-01T08:00:00Z", "2024-05-02T08:00:00Z")));
    OutcomeLabeller watchful =
        new OutcomeLabeller(
            new FeatureEvaluator(CodeUnits.standard(), ZoneOffset.UTC),
            OutcomeLabellerTest::silentUpToJune);
    Instant may = Instant.parse("2024-05-20T00:00:00Z");
    PatientTimeline seen = new PatientTimeline("p", 1, facts, EnumSet.allOf(ResourceKind.class));
    assertThat(watchful.label(hyperkalaemia(), seen, INDEX, may)).isInstanceOf(NoEvent.class);

    facts.add(at("north", stay("f", "2024-03-03T08:00:00Z", "2024-03-04T08:00:00Z")));
    PatientTimeline both = new PatientTimeline("p", 1, facts, EnumSet.allOf(ResourceKind.class));
    assertThat(watchful.label(hyperkalaemia(), both, INDEX, may)).isInstanceOf(Censored.class);
  }

  /** An event that was seen needs no feed, and who leaves a stay alive did not die in it. */
  @Test
  void aSilentFeedTakesNothingBackThatWasSeen() {
    OutcomeLabeller deaf =
        new OutcomeLabeller(
            new FeatureEvaluator(CodeUnits.standard(), ZoneOffset.UTC),
            (site, kind, end, knownAt) -> INDEX);
    facts.add(potassium("b", "2024-03-03T08:00:00Z", "6.1"));
    facts.add(stay("e", "2024-02-28T08:00:00Z", "2024-03-04T08:00:00Z").build());
    PatientTimeline timeline =
        new PatientTimeline("p", 1, facts, EnumSet.allOf(ResourceKind.class));

    assertThat(deaf.label(hyperkalaemia(), timeline, INDEX, LATER)).isInstanceOf(Event.class);
    assertThat(deaf.label(inHospitalDeath(), timeline, INDEX, LATER)).isInstanceOf(NoEvent.class);
  }

  private static Fact at(String site, FactBuilder fact) {
    Fact made = fact.build();
    FactContext context = made.context();
    return new Fact(
        made.patient(),
        made.source(),
        made.codes(),
        made.display(),
        made.effective(),
        made.known(),
        made.epochs(),
        made.value(),
        new FactContext(
            context.status(),
            context.category(),
            context.encounter(),
            site,
            context.interpretation(),
            context.author()));
  }

  @Test
  void timeAloneChangesALabelWhenSomethingComesOrEnds() {
    Instant known = INDEX.plusSeconds(3600);
    assertThat(again(hyperkalaemia(), known))
        .as("the horizon's end")
        .isEqualTo("2024-03-31T12:00:00.001Z");

    facts.add(potassium("ahead", "2024-03-20T08:00:00Z", "6.5", known));
    assertThat(again(hyperkalaemia(), known))
        .as("what is dated ahead")
        .isEqualTo("2024-03-20T08:00:00Z");

    facts.add(potassium("b", "2024-03-01T12:30:00Z", "6.1"));
    assertThat(again(hyperkalaemia(), known)).as("it has happened").isNull();
    assertThat(again(inHospitalDeath(), known)).as("nothing is asked").isNull();

    facts.clear();
    facts.add(stay("e", "2024-02-28T08:00:00Z", "2024-09-04T08:00:00Z").build());
    assertThat(again(inHospitalDeath(), known)).as("a stay").isEqualTo(known.plusSeconds(86_400));
  }

  private @Nullable Instant again(ResolvedOutcome outcome, Instant knownAt) {
    PatientTimeline timeline =
        new PatientTimeline("p", 1, facts, EnumSet.allOf(ResourceKind.class));
    OutcomeLabel label = labeller.label(outcome, timeline, INDEX, knownAt);
    return OutcomeLabeller.again(outcome, timeline, label, INDEX, knownAt);
  }

  /** An event does not close its horizon: others of the same day may still be without one. */
  @Test
  void aHorizonClosesWhenItEndsAndAStaysWithTheStay() {
    facts.add(potassium("a", "2024-03-02T08:00:00Z", "6.5"));
    assertThat(closes(hyperkalaemia(), LATER)).isEqualTo("2024-03-31T12:00:00Z");
    ResolvedOutcome confirmed =
        hyperkalaemia(new Confirmation(null, new Lookback(2, Lookback.Unit.DAY)));
    assertThat(closes(confirmed, LATER)).isEqualTo("2024-04-02T12:00:00.001Z");

    assertThat(closes(inHospitalDeath(), LATER)).as("there is no stay").isEqualTo(INDEX);
    facts.add(stay("e", "2024-02-28T08:00:00Z", null).build());
    assertThat(closes(inHospitalDeath(), LATER)).as("it goes on").isNull();
    facts.add(died("2024-03-05T00:00:00Z"));
    assertThat(closes(inHospitalDeath(), LATER)).isEqualTo("2024-03-05T00:00:00Z");
    facts.set(1, stay("e", "2024-02-28T08:00:00Z", "2024-03-09T08:00:00Z").build());
    assertThat(closes(inHospitalDeath(), LATER)).isEqualTo("2024-03-09T08:00:00Z");
  }

  private @Nullable Instant closes(ResolvedOutcome outcome, Instant knownAt) {
    PatientTimeline timeline =
        new PatientTimeline("p", 1, facts, EnumSet.allOf(ResourceKind.class));
    return labeller.closes(outcome, timeline, INDEX, knownAt);
  }

  @Test
  void whatWasKnownBeforeTheIndexTimeSaysNothing() {
    assertThatThrownBy(() -> label(hyperkalaemia(), INDEX.minusSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void oneReadingHoldsAllThatALabelNeeds() {
    TimelineQuery query = hyperkalaemia().query("p", LATER);

    assertThat(query.needs())
        .anyMatch(n -> n.kind() == ResourceKind.OBSERVATION && n.codes().contains(POTASSIUM))
        .anyMatch(
            n -> n.kind() == ResourceKind.PATIENT && n.codes().contains(Demographics.DECEASED))
        .anyMatch(n -> n.kind() == ResourceKind.ENCOUNTER && n.codes().contains(INPATIENT));
    assertThat(query.asOf().at()).isAfter(LATER);
  }

  private OutcomeLabel label(ResolvedOutcome outcome) {
    return label(outcome, LATER);
  }

  private OutcomeLabel label(ResolvedOutcome outcome, Instant knownAt) {
    PatientTimeline timeline =
        new PatientTimeline("p", 1, facts, EnumSet.allOf(ResourceKind.class));
    return labeller.label(outcome, timeline, INDEX, knownAt);
  }

  private static ResolvedOutcome hyperkalaemia() {
    return hyperkalaemia(null);
  }

  private static ResolvedOutcome hyperkalaemia(@Nullable Confirmation confirmation) {
    FeatureDefinition potassium =
        FeatureDefinition.of(
            "https://example.org/Library/potassium",
            "potassium",
            Operator.LATEST,
            Selection.of(ResourceKind.OBSERVATION, List.of(POTASSIUM)),
            "mmol/L");
    return outcome(
        new EventRule.Crossing(
            potassium,
            new Threshold(Comparator.GREATER, new BigDecimal("6.0")),
            confirmation,
            false),
        Horizon.of(THIRTY_DAYS),
        ResolvedFeature.of(potassium));
  }

  private static ResolvedOutcome inHospitalDeath() {
    return outcome(
        new EventRule.Death(),
        new Horizon(Horizon.Anchor.STAY, null, Set.of(INPATIENT), false, true, null),
        null);
  }

  private static ResolvedOutcome outcome(
      EventRule rule, Horizon horizon, @Nullable ResolvedFeature feature) {
    return new ResolvedOutcome(
        new OutcomeDefinition(
            "https://example.org/Library/outcome",
            "1.0.0",
            "outcome",
            "outcome",
            rule,
            horizon,
            null,
            List.of(),
            List.of(),
            List.of(),
            FollowUp.BY_ENCOUNTER),
        feature,
        Set.of(),
        ResolvedOutcome.Parts.NONE);
  }

  private static Fact potassium(String id, String at, String value) {
    return fact().id(id).codes(POTASSIUM).at(at).number(value, "mmol/L").build();
  }

  private static Fact potassium(String id, String at, String value, Instant known) {
    return fact()
        .id(id)
        .codes(POTASSIUM)
        .at(at)
        .known(known.toString())
        .number(value, "mmol/L")
        .build();
  }

  private static FactBuilder stay(String id, String from, @Nullable String until) {
    return fact()
        .kind(ResourceKind.ENCOUNTER)
        .id(id)
        .codes(INPATIENT)
        .at(from)
        .effective(
            new EffectiveTime(
                Instant.parse(from),
                Instant.parse(from),
                until == null ? null : Instant.parse(until),
                Precision.INSTANT))
        .status(until == null ? "in-progress" : "finished");
  }

  private static Fact died(String at) {
    return fact()
        .kind(ResourceKind.PATIENT)
        .id("p")
        .slot(1003)
        .codes(Demographics.DECEASED)
        .at(at)
        .value(new FactValue.Dated(at))
        .status("")
        .build();
  }
}
