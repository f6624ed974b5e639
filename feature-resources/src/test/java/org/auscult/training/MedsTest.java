package org.auscult.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.auscult.timeline.FactBuilder.fact;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.auscult.timeline.Code;
import org.auscult.timeline.Comparator;
import org.auscult.timeline.Demographics;
import org.auscult.timeline.Fact;
import org.auscult.timeline.FactValue;
import org.auscult.timeline.KnownTime;
import org.auscult.timeline.Quantity;
import org.auscult.timeline.ResourceKind;
import org.junit.jupiter.api.Test;

class MedsTest {
  private static final Instant CUT = Instant.parse("2024-06-01T00:00:00Z");

  private static List<Meds.Event> events(Set<ResourceKind> kinds, Fact... facts) {
    return Meds.events(
        new PatientHistory("p", 1, List.of(facts), null, Set.of(ResourceKind.values())),
        CUT,
        ZoneOffset.UTC,
        kinds);
  }

  private static List<Meds.Event> events(Fact... facts) {
    return events(EnumSet.allOf(ResourceKind.class), facts);
  }

  private static Fact person(Code code, FactValue value, int slot) {
    return fact()
        .kind(ResourceKind.PATIENT)
        .codes(code)
        .value(value)
        .slot(slot)
        .at("1950-01-01T00:00:00Z")
        .known("2020-01-01T00:00:00Z")
        .build();
  }

  @Test
  void writesBirthDeathAndStaticFactsAsTheStandardWants() {
    List<Meds.Event> events =
        events(
            fact().at("2024-01-01T08:00:00Z").number("120", "mm[Hg]").build(),
            person(Demographics.DECEASED, new FactValue.Dated("2024-02-01T10:00:00Z"), 1001),
            person(Demographics.BIRTH_DATE, new FactValue.Dated("1950-03"), 1000),
            person(
                Demographics.GENDER,
                new FactValue.Coded(List.of(new Code("urn:g", "female")), null),
                1002));

    assertThat(events.stream().map(Meds.Event::code))
        .containsExactly("Patient/gender", "MEDS_BIRTH", "LOINC/8480-6", "MEDS_DEATH");
    assertThat(events.get(0).time()).isNull();
    assertThat(events.get(0).text()).isEqualTo("female");
    assertThat(events.get(1).time()).isEqualTo(Instant.parse("1950-03-01T00:00:00Z"));
    assertThat(events.get(2).number()).isEqualTo(120f);
    assertThat(events.get(2).unit()).isEqualTo("mm[Hg]");
    assertThat(events.get(2).cells(9)).hasSize(Meds.DATA.size());
  }

  @Test
  void leavesOutModelsErrorsFutureAndWhatIsKnownLater() {
    assertThat(
            events(
                fact().at("2024-01-01T08:00:00Z").byModel().build(),
                fact().at("2024-01-01T08:00:00Z").status("entered-in-error").build(),
                fact().at("2024-01-01T08:00:00Z").known("2024-07-01T00:00:00Z").build(),
                fact().at("2024-07-01T08:00:00Z").known("2024-01-01T00:00:00Z").build(),
                fact()
                    .at("2024-01-01T08:00:00Z")
                    .known(
                        new KnownTime(
                            Instant.parse("2024-01-01T08:00:00Z"),
                            Instant.parse("2024-01-02T08:00:00Z"),
                            KnownTime.Basis.RECORDED))
                    .build()))
        .isEmpty();
    assertThat(
            events(EnumSet.of(ResourceKind.CONDITION), fact().at("2024-01-01T08:00:00Z").build()))
        .isEmpty();
  }

  /** A bound is no value, and one fact of two codings is two events. */
  @Test
  void writesEachCodingAndNoBoundAsANumber() {
    Quantity bound = Quantity.of("5", "mg/dL");
    List<Meds.Event> events =
        events(
            fact()
                .at("2024-01-01T08:00:00Z")
                .codes(Code.loinc("b"), new Code("urn:local", "a"))
                .value(new FactValue.Measured(bound, bound, Comparator.LESS))
                .build(),
            fact()
                .id("2")
                .kind(ResourceKind.CONDITION)
                .at("2024-01-01T08:00:00Z")
                .codes(Code.snomed("44054006"))
                .build());

    assertThat(events.stream().map(Meds.Event::code))
        .containsExactly("Condition/SNOMED/44054006", "LOINC/b", "urn:local/a");
    assertThat(events.get(1).number()).isNull();
    assertThat(events.get(1).text()).isEqualTo("<5");
  }

  @Test
  void numbersSubjectsTheSameForEver() {
    assertThat(Meds.subject("patient-1")).isEqualTo(Meds.subject("patient-1")).isNotNegative();
    assertThat(Meds.subject("patient-1")).isNotEqualTo(Meds.subject("patient-2"));
  }
}
