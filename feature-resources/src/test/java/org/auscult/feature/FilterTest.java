package org.auscult.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.auscult.feature.Asked.present;
import static org.auscult.timeline.FactBuilder.fact;

import java.util.List;
import java.util.Set;
import org.auscult.feature.FeatureValue.Missing;
import org.auscult.timeline.Code;
import org.auscult.timeline.Fact;
import org.auscult.timeline.FactBuilder;
import org.auscult.timeline.FactContext;
import org.auscult.timeline.FactContext.Author;
import org.auscult.timeline.ResourceKind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which facts of the right code a feature reads. */
class FilterTest {
  private static final Code INPATIENT =
      new Code("http://terminology.hl7.org/CodeSystem/v3-ActCode", "IMP");

  private static FeatureDefinition count(Filter filter, boolean withModels, String... statuses) {
    return Asked.with(
        "count",
        Operator.COUNT,
        "1",
        new Selection(
            ResourceKind.OBSERVATION,
            List.of(Asked.SYSTOLIC),
            null,
            Set.of(statuses),
            filter,
            withModels),
        Arguments.NONE);
  }

  private static Fact measured(
      String id,
      @Nullable String category,
      @Nullable String encounter,
      @Nullable String interpretation) {
    return fact()
        .id(id)
        .context(new FactContext("final", category, encounter, null, interpretation, Author.RECORD))
        .build();
  }

  @Test
  void readsOnlyTheCategoriesAndInterpretationsThatItNames() {
    Fact[] facts = {
      measured("a", "vital-signs", null, "H"),
      measured("b", "laboratory", null, "LL"),
      measured("c", null, null, null)
    };
    Filter vital = new Filter(Set.of("vital-signs", "exam"), Set.of(), Set.of(), List.of());
    Filter abnormal = new Filter(Set.of(), Set.of("H", "LL"), Set.of(), List.of());
    Filter both = new Filter(Set.of("laboratory"), Set.of("H"), Set.of(), List.of());
    assertThat(present(count(Filter.ALL, false), facts).value()).isEqualTo(3);
    assertThat(present(count(vital, false), facts).value()).isEqualTo(1);
    assertThat(present(count(abnormal, false), facts).value()).isEqualTo(2);
    assertThat(present(count(both, false), facts).value()).isZero();
  }

  @Test
  void findsAWordInTheTextInWhateverCase() {
    Filter filter = new Filter(Set.of(), Set.of(), Set.of(), List.of("SITTING", "supine"));
    FactBuilder fact = fact();
    Fact sitting = fact.id("a").display("Blood pressure, sitting").build();
    Fact standing = fact.id("b").display("Blood pressure, standing").build();
    Fact unnamed = fact.id("c").display(null).build();
    assertThat(present(count(filter, false), sitting, standing, unnamed).value()).isEqualTo(1);
    assertThatThrownBy(() -> new Filter(Set.of(), Set.of(), Set.of(), List.of(" ")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void readsOnlyFactsOfEncountersOfItsClasses() {
    Filter filter = new Filter(Set.of(), Set.of(), Set.of(INPATIENT), List.of());
    FactBuilder encounter = fact().kind(ResourceKind.ENCOUNTER).status("finished");
    Fact inpatient = encounter.id("in").codes(INPATIENT).build();
    Fact visit = encounter.id("out").codes(new Code(INPATIENT.system(), "AMB")).build();
    Fact nameless = encounter.id("").codes(INPATIENT).build();
    Fact[] facts = {
      inpatient,
      visit,
      nameless,
      measured("a", null, "in", null),
      measured("b", null, "out", null),
      measured("c", null, "elsewhere", null),
      measured("d", null, null, null)
    };
    assertThat(present(count(filter, false), facts).value()).isEqualTo(1);
  }

  /** Two records may use one id for two encounters. */
  @Test
  void anEncounterIsOneOfItsOwnRecord() {
    Filter filter = new Filter(Set.of(), Set.of(), Set.of(INPATIENT), List.of());
    Fact theirs =
        fact().kind(ResourceKind.ENCOUNTER).origin("caller").id("7").codes(INPATIENT).build();
    assertThat(present(count(filter, false), theirs, measured("a", null, "7", null)).value())
        .isZero();
  }

  /** Safety: 4. */
  @Test
  void whoseEncountersAreNotAllKnownIsNotCounted() {
    Filter filter = new Filter(Set.of(), Set.of(), Set.of(INPATIENT), List.of());
    FeatureValue value =
        Asked.vector(
                List.of(ResolvedFeature.of(count(filter, false))), Set.of(ResourceKind.OBSERVATION))
            .value("count")
            .orElseThrow();
    assertThat(((Missing) value).reason()).isEqualTo(MissingReason.SEARCH_INCOMPLETE);
  }

  @Test
  void whatAModelWroteCountsOnlyIfTheDefinitionSaysSo() {
    Fact written = fact().id("a").byModel().build();
    assertThat(present(count(Filter.ALL, false), written).value()).isZero();
    FactContext context = new FactContext("final", null, null, null, null, Author.MODEL);
    Fact ofModel = fact().id("b").context(context).build();
    assertThat(present(count(Filter.ALL, true), ofModel).value()).isEqualTo(1);
  }

  @Test
  void namedStatusesCountAndNoOthers() {
    Fact preliminary = fact().id("a").status("preliminary").build();
    Fact finished = fact().id("b").status("final").build();
    assertThat(present(count(Filter.ALL, false, "preliminary"), preliminary, finished).value())
        .isEqualTo(1);
    assertThat(present(count(Filter.ALL, false), preliminary, finished).value()).isEqualTo(1);
    assertThat(
            present(count(Filter.ALL, false, "preliminary", "final"), preliminary, finished)
                .value())
        .isEqualTo(2);
  }
}
