package org.auscult.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.auscult.timeline.FactBuilder.fact;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.auscult.cohort.CohortCriteria;
import org.auscult.cohort.Wanted;
import org.auscult.feature.FeatureDefinition;
import org.auscult.feature.FeatureEvaluator;
import org.auscult.feature.Operator;
import org.auscult.feature.ResolvedFeature;
import org.auscult.feature.ResolvedFeatureSet;
import org.auscult.feature.Selection;
import org.auscult.timeline.Code;
import org.auscult.timeline.Demographics;
import org.auscult.timeline.EffectiveTime;
import org.auscult.timeline.Fact;
import org.auscult.timeline.FactContext;
import org.auscult.timeline.FactContext.Author;
import org.auscult.timeline.FactValue;
import org.auscult.timeline.ResourceKind;
import org.auscult.timeline.TimelineQuery.Need;
import org.auscult.training.RowMaker.Knowledge;
import org.auscult.unit.CodeUnits;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowMakerTest {
  private static final Instant CUT = Instant.parse("2024-06-01T00:00:00Z");
  private static final Code SYSTOLIC = Code.loinc("8480-6");
  private static final ResolvedFeatureSet SET =
      new ResolvedFeatureSet(
          "https://example.org/set",
          "1",
          "set",
          List.of(
              ResolvedFeature.of(
                  FeatureDefinition.of(
                      "https://example.org/systolic",
                      "systolic",
                      Operator.LATEST,
                      Selection.of(ResourceKind.OBSERVATION, List.of(SYSTOLIC)),
                      "mm[Hg]"))));

  private final Tally tally = new Tally();

  private static Fact pressure(String id, String value, String at, String known) {
    return fact().id(id).at(at).known(known).codes(SYSTOLIC).number(value, "mm[Hg]").build();
  }

  private static Fact stay(String id, String from, @Nullable String until) {
    return fact()
        .id(id)
        .kind(ResourceKind.ENCOUNTER)
        .codes(new Code("http://terminology.hl7.org/CodeSystem/v3-ActCode", "IMP"))
        .context(new FactContext("finished", "IMP", id, "north", null, Author.RECORD))
        .effective(
            new EffectiveTime(
                Instant.parse(from),
                Instant.parse(from),
                until == null ? null : Instant.parse(until),
                EffectiveTime.Precision.INSTANT))
        .known(from)
        .build();
  }

  private static Fact person(Code code, FactValue value, int slot) {
    return fact()
        .id("p")
        .kind(ResourceKind.PATIENT)
        .codes(code)
        .value(value)
        .slot(slot)
        .at("1950-01-01T00:00:00Z")
        .known("2020-01-01T00:00:00Z")
        .build();
  }

  private static PatientHistory history(@Nullable Instant mergedAt, Fact... facts) {
    return new PatientHistory(
        "p", 1, Arrays.asList(facts), mergedAt, Set.of(ResourceKind.values()));
  }

  private List<Row> rows(
      PatientHistory history, IndexRule rule, Knowledge knowledge, @Nullable Labeller labeller)
      throws IOException {
    return rows(history, rule, knowledge, labeller, CohortCriteria.NONE);
  }

  private List<Row> rows(
      PatientHistory history,
      IndexRule rule,
      Knowledge knowledge,
      @Nullable Labeller labeller,
      CohortCriteria criteria)
      throws IOException {
    List<Row> rows = new ArrayList<>();
    RowMaker maker =
        new RowMaker(
            new RowMaker.Rules(
                SET,
                criteria,
                rule,
                new Split(Split.By.SLOT, 1, BigDecimal.ONE, BigDecimal.ZERO, BigDecimal.ZERO),
                labeller,
                knowledge,
                CUT,
                ZoneOffset.UTC),
            new FeatureEvaluator(CodeUnits.standard(), ZoneOffset.UTC));
    RowMaker.Taker taker = rows::add;
    maker.rows(history, null, taker, tally);
    return rows;
  }

  private List<Row> rows(PatientHistory history, IndexRule rule) throws IOException {
    return rows(history, rule, Knowledge.INDEX, null);
  }

  private static IndexRule at(String... times) {
    return new IndexRule.Listed(
        Set.copyOf(Arrays.stream(times).map(Instant::parse).toList()), Map.of());
  }

  /** A result of the first morning that the record learnt a day late. */
  @Test
  void seesLateResultsOnlyWhereTheyWereKnown() throws IOException {
    PatientHistory history =
        history(
            null,
            pressure("early", "120", "2024-01-01T08:00:00Z", "2024-01-01T08:00:00Z"),
            pressure("late", "150", "2024-01-01T09:00:00Z", "2024-01-03T00:00:00Z"),
            stay("e", "2024-01-01T10:00:00Z", "2024-01-05T10:00:00Z"));
    IndexRule admission = new IndexRule.Begin(Stay.INPATIENT, Duration.ofHours(24));
    RowLayout layout = new RowLayout(SET, false, true);

    List<Row> then = rows(history, admission);
    List<Row> byNow = rows(history, admission, Knowledge.CUT, null);

    assertThat(then).hasSize(1);
    assertThat(then.get(0).cells(layout))
        .containsExactly("p", "e", Instant.parse("2024-01-02T10:00:00Z"), "train", 120.0, null);
    assertThat(byNow.get(0).cells(layout).get(4)).isEqualTo(150.0);
  }

  /** A day late in the record, and so not yet of the cohort on the day; missing is no member. */
  @Test
  void asksTheCriteriaAsOfEachIndexTime() throws IOException {
    PatientHistory history =
        history(
            null,
            pressure("high", "150", "2024-01-10T00:00:00Z", "2024-01-12T00:00:00Z"),
            pressure("low", "110", "2024-01-20T00:00:00Z", "2024-01-20T00:00:00Z"),
            pressure("crisis", "200", "2024-01-30T00:00:00Z", "2024-01-30T00:00:00Z"));
    IndexRule times =
        at(
            "2024-01-01T00:00:00Z",
            "2024-01-11T00:00:00Z",
            "2024-01-13T00:00:00Z",
            "2024-01-21T00:00:00Z",
            "2024-01-31T00:00:00Z");
    CohortCriteria criteria =
        new CohortCriteria(
            List.of(
                criterion(Wanted.Comparison.AT_LEAST, "140", false),
                criterion(Wanted.Comparison.MORE, "180", true)));

    assertThat(rows(history, times, Knowledge.INDEX, null, criteria))
        .extracting(row -> row.index().at().toString())
        .containsExactly("2024-01-13T00:00:00Z");
    assertThat(tally.get("excluded-index-times/cohort-criteria")).isEqualTo(4);
    assertThat(tally.below("unmet")).isEqualTo(Map.of("0", 3L, "1", 1L));
    assertThat(rows(history, times, Knowledge.CUT, null, criteria))
        .extracting(row -> row.index().at().toString())
        .containsExactly("2024-01-11T00:00:00Z", "2024-01-13T00:00:00Z");
    assertThat(criteria.needs()).isNotEmpty();
  }

  private static CohortCriteria.Criterion criterion(
      Wanted.Comparison comparison, String bound, boolean excludes) {
    return new CohortCriteria.Criterion(
        ResolvedFeatureSet.alone(SET.features().get(0)),
        new Wanted.Compared(comparison, new BigDecimal(bound)),
        excludes,
        "pressure");
  }

  @Test
  void leavesOutWhatLiesBeforeBirthAndAfterDeath() throws IOException {
    PatientHistory history =
        history(
            null,
            person(Demographics.BIRTH_DATE, new FactValue.Dated("2000-01-01"), 1000),
            person(Demographics.DECEASED, new FactValue.Dated("2024-02-01"), 1001),
            person(
                Demographics.GENDER,
                new FactValue.Coded(
                    List.of(new Code("http://hl7.org/fhir/administrative-gender", "female")), null),
                1002));

    List<Row> rows =
        rows(
            history,
            at(
                "1999-12-31T00:00:00Z",
                "2024-02-01T12:00:00Z",
                "2024-02-02T00:00:01Z",
                "2024-07-01T00:00:00Z"));

    assertThat(rows).hasSize(1);
    assertThat(tally.below("excluded-index-times"))
        .containsOnly(
            Map.entry("after-cut", 1L),
            Map.entry("after-death", 1L),
            Map.entry("before-birth", 1L));
    assertThat(tally.get("missing/systolic/not-recorded")).isEqualTo(1);
    assertThat(tally.get("cohort/gender/female")).isEqualTo(1);
    assertThat(tally.get("cohort-age/sum")).isEqualTo(24);
  }

  /** Under its own id, a merged record has nothing but absences. */
  @Test
  void leavesOutWhoWasMerged() throws IOException {
    PatientHistory history =
        history(
            Instant.parse("2024-05-01T00:00:00Z"),
            pressure("a", "120", "2024-01-01T08:00:00Z", "2024-01-01T08:00:00Z"));

    assertThat(rows(history, at("2024-02-01T00:00:00Z"))).isEmpty();
    assertThat(tally.below("excluded-patients")).containsOnly(Map.entry("merged", 1L));
  }

  @Test
  void countsWhomNothingIsKnownOfAndWhoNeverStayed() throws IOException {
    assertThat(rows(history(null), at("2024-02-01T00:00:00Z"))).isEmpty();
    assertThat(
            rows(
                history(null, pressure("a", "1", "2024-01-01T08:00:00Z", "2024-01-01T08:00:00Z")),
                new IndexRule.Begin(Stay.INPATIENT, Duration.ZERO)))
        .isEmpty();

    assertThat(tally.below("excluded-patients"))
        .containsOnly(Map.entry("no-index-time", 1L), Map.entry("nothing-known", 1L));
  }

  @Test
  void labelsRowsAndLeavesOutWhatTheOutcomeExcludes() throws IOException {
    Labeller labeller =
        new Labeller() {
          @Override
          public String definition() {
            return "https://example.org/outcome|1";
          }

          @Override
          public List<Need> needs() {
            return List.of();
          }

          @Override
          public Optional<Label> label(PatientHistory history, IndexTime index, Instant cut) {
            assertThat(cut).isEqualTo(CUT);
            return index.at().equals(Instant.parse("2024-02-01T00:00:00Z"))
                ? Optional.of(new Label("event", 1.0, CUT, ""))
                : Optional.empty();
          }
        };
    PatientHistory history =
        history(null, pressure("a", "1", "2024-01-01T08:00:00Z", "2024-01-01T08:00:00Z"));

    List<Row> rows =
        rows(
            history, at("2024-02-01T00:00:00Z", "2024-03-01T00:00:00Z"), Knowledge.INDEX, labeller);

    assertThat(rows).hasSize(1);
    assertThat(rows.get(0).cells(new RowLayout(SET, true, false)).subList(4, 7))
        .containsExactly(1.0, "event", CUT);
    assertThat(tally.get("labels/train/event")).isEqualTo(1);
    assertThat(tally.get("excluded-index-times/outcome-excluded")).isEqualTo(1);
  }

  /** Copies of one person may not stand on both sides. */
  @Test
  void putsThoseWhoShareBirthDateAndSexIntoOnePart() {
    Split split =
        new Split(Split.By.SLOT, 3, new BigDecimal("0.5"), BigDecimal.ZERO, new BigDecimal("0.5"));
    SubjectSplit subjects = new SubjectSplit(split, CUT, ZoneOffset.UTC);
    Fact born = person(Demographics.BIRTH_DATE, new FactValue.Dated("1970-02-03"), 1000);
    Set<Part> parts = new HashSet<>();
    Set<Part> others = new HashSet<>();
    for (int i = 0; i < 30; i++) {
      parts.add(
          subjects.of(
              new PatientHistory("p" + i, 1, List.of(born), null, Set.of(ResourceKind.PATIENT))));
      others.add(
          subjects.of(
              new PatientHistory("p" + i, 1, List.of(), null, Set.of(ResourceKind.PATIENT))));
    }

    assertThat(parts).hasSize(1);
    assertThat(others).hasSize(2);
  }
}
