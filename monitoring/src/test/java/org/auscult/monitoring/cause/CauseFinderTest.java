package org.auscult.monitoring.cause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.auscult.monitoring.cause.PlantedClinic.CREATININE;
import static org.auscult.monitoring.cause.PlantedClinic.HEMOGLOBIN;
import static org.auscult.monitoring.cause.PlantedClinic.causes;
import static org.auscult.monitoring.cause.PlantedClinic.fromSite;
import static org.auscult.monitoring.cause.PlantedClinic.inUnit;
import static org.auscult.monitoring.cause.PlantedClinic.none;
import static org.auscult.monitoring.cause.PlantedClinic.underCode;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.auscult.monitoring.cause.Cause.Kind;
import org.auscult.monitoring.cause.PlantedClinic.Week;
import org.auscult.monitoring.drift.DriftReport;
import org.auscult.timeline.Code;
import org.junit.jupiter.api.Test;

/** What is planted is named, and nothing else. */
class CauseFinderTest {
  private static final Code OTHER = Code.loinc("59826-8");
  private static final String DISPLAY = "Creatinine [Moles/volume] in Blood";

  private final PlantedClinic clinic = new PlantedClinic(7);
  private final Week before = clinic.week(300, none());

  @Test
  void aUnitThatCannotBeReadIsNamedWithItsDay() {
    Week now = clinic.week(300, clinic.from(3, 1, CREATININE, fact -> inUnit(fact, "mcmol/dose")));
    assertThat(causes(before, now))
        .singleElement()
        .satisfies(
            cause -> {
              assertThat(cause.feature()).isEqualTo("creatinine");
              assertThat(cause.kind()).isEqualTo(Kind.UNIT);
              assertThat(cause.value()).isEqualTo("mcmol/dose");
              assertThat(cause.since()).isEqualTo(LocalDate.parse("2024-03-07"));
              assertThat(cause.share()).isGreaterThan(0.95);
              assertThat(cause.referenceShare()).isZero();
              assertThat(cause.text())
                  .isEqualTo(
                      "creatinine: since 7 March 2024 100 % of what it is read from comes in"
                          + " mcmol/dose, which cannot be read in mg/dL (reference: 0 %, and 100 %"
                          + " mg/dL)");
            });
  }

  @Test
  void aCodeThatIsNotListedIsNamedByItsWords() {
    Week now =
        clinic.week(
            300,
            clinic.from(2, 0.95, CREATININE, fact -> underCode(fact, OTHER, DISPLAY, "umol/L")));
    assertThat(causes(before, now))
        .singleElement()
        .satisfies(
            cause -> {
              assertThat(cause.kind()).isEqualTo(Kind.OTHER_CODE);
              assertThat(cause.value()).isEqualTo(OTHER.toString());
              assertThat(cause.since()).isEqualTo(LocalDate.parse("2024-03-06"));
              assertThat(cause.text())
                  .startsWith("creatinine: since 6 March 2024 ")
                  .contains("'" + DISPLAY + "' http://loinc.org|59826-8, in umol/L")
                  .contains("which the feature does not list (reference: 0 %)");
            });
  }

  @Test
  void aCodeWithoutWordsIsNamedIfItTakesThePlaceInAUnitThatCanBeRead() {
    Code local = new Code("https://lab.example.org", "KREA");
    Week now =
        clinic.week(
            300, clinic.from(0, 1, CREATININE, fact -> underCode(fact, local, "", "mg/dL")));
    assertThat(causes(before, now))
        .singleElement()
        .extracting(Cause::kind, Cause::value)
        .containsExactly(Kind.OTHER_CODE, local.toString());
  }

  @Test
  void whatIsOnlyNotMeasuredAnyMoreHasNoOtherCodeToBlame() {
    Code unlike = Code.loinc("8310-5");
    Week now =
        clinic.week(
            300,
            clinic.from(0, 0.6, CREATININE, fact -> underCode(fact, unlike, "Temperature", "Cel")));
    assertThat(causes(before, now))
        .singleElement()
        .satisfies(
            cause -> {
              assertThat(cause.kind()).isEqualTo(Kind.MISSING);
              assertThat(cause.value()).isEqualTo("not-recorded");
              assertThat(cause.text()).contains("because the record holds nothing that it lists");
            });
  }

  @Test
  void aSiteIsNamedIfItsValuesAreOthers() {
    Week now =
        clinic.week(400, clinic.from(0, 0.5, HEMOGLOBIN, fact -> fromSite(fact, "south")), 2);
    assertThat(causes(before, now))
        .singleElement()
        .extracting(Cause::feature, Cause::kind, Cause::value)
        .containsExactly("hemoglobin", Kind.SITE, "south");
  }

  @Test
  void whatHasNotDriftedIsNotAskedAbout() {
    Week otherSites =
        clinic.week(400, clinic.from(0, 0.5, HEMOGLOBIN, fact -> fromSite(fact, "south")));
    assertThat(causes(before, otherSites)).isEmpty();
    // mmol/L is read as mg/dL by the molar mass: nothing is lost, so nothing is to be told.
    Week readable = clinic.week(300, clinic.from(0, 1, CREATININE, fact -> inUnit(fact, "umol/L")));
    assertThat(causes(before, readable)).isEmpty();
  }

  @Test
  void tenRowsOrFewerAreNeverTold() {
    Week few = clinic.week(10, clinic.from(0, 1, CREATININE, fact -> inUnit(fact, "mcmol/dose")));
    assertThat(causes(before, few)).isEmpty();
    assertThat(causes(few, before)).isEmpty();
  }

  @Test
  void ofManyWeeksWithoutAChangeNoneHasACause() {
    for (int seed = 100; seed < 200; seed++) {
      PlantedClinic other = new PlantedClinic(seed);
      List<Cause> causes = causes(other.week(120, none()), other.week(120, none()));
      assertThat(causes).as("seed %d", seed).isEmpty();
    }
  }

  @Test
  void ofManyPlantedChangesEachIsNamedAndNoOtherFeatureIsBlamed() {
    for (int seed = 200; seed < 260; seed++) {
      PlantedClinic other = new PlantedClinic(seed);
      double share = 0.5 + (seed % 5) / 10.0;
      boolean isUnit = seed % 2 == 0;
      PlantedClinic.Change change =
          isUnit
              ? other.from(0, share, CREATININE, fact -> inUnit(fact, "arb"))
              : other.from(0, share, CREATININE, fact -> underCode(fact, OTHER, DISPLAY, "umol/L"));
      List<Cause> causes = causes(other.week(150, none()), other.week(150, change));
      assertThat(causes)
          .as("seed %d", seed)
          .singleElement()
          .extracting(Cause::feature, Cause::kind)
          .containsExactly("creatinine", isUnit ? Kind.UNIT : Kind.OTHER_CODE);
    }
  }

  @Test
  void wordsTellWhatATextIsAbout() {
    assertThat(Words.of("Cholesterol in HDL [Moles/volume] in Serum or Plasma"))
        .containsExactly("cholesterol", "hdl");
    assertThat(Words.likeness(Words.of("total cholesterol"), Words.of("Cholesterol in HDL")))
        .isLessThan(Words.likeness(Words.of("HDL cholesterol"), Words.of("Cholesterol in HDL")));
    assertThat(Words.likeness(Words.of(""), Words.of(""))).isZero();
  }

  @Test
  void aDefinitionThatMeansOtherCodesIsNamed() {
    Week now = clinic.week(300, clinic.from(0, 1, CREATININE, fact -> inUnit(fact, "arb")));
    Traces traces = Traces.of(PlantedClinic.FEATURES, before.rows());
    List<Traces.OfFeature> former =
        traces.features().stream()
            .map(of -> new Traces.OfFeature(of.name(), "another", of.rows(), of.traits()))
            .toList();
    List<Cause> causes =
        new CauseFinder(PlantedClinic.UNITS, ZoneOffset.UTC)
            .find(
                DriftReport.of(before.over(), now.over()),
                before.sample(),
                now.sample(),
                new CauseFinder.Known(
                    Map.of("creatinine", List.of(PlantedClinic.FEATURES.get(0))),
                    new Traces(traces.rows(), former, traces.codes()),
                    now.rows()));
    assertThat(causes).extracting(Cause::kind).containsExactly(Kind.DEFINITION, Kind.UNIT);
  }
}
