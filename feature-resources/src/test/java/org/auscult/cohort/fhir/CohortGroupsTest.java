package org.auscult.cohort.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.auscult.cohort.CohortCriteria;
import org.auscult.cohort.CohortCriteria.Criterion;
import org.auscult.feature.FeatureDefinition;
import org.auscult.feature.Operator;
import org.auscult.feature.ResolvedFeature;
import org.auscult.feature.Selection;
import org.auscult.feature.fhir.Parsed;
import org.auscult.feature.fhir.Problem;
import org.auscult.timeline.Code;
import org.auscult.timeline.ResourceKind;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Group;
import org.hl7.fhir.r4.model.Group.GroupCharacteristicComponent;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Quantity.QuantityComparator;
import org.hl7.fhir.r4.model.Range;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CohortGroupsTest {
  private static final String PRESSURE = "https://example.org/pressure|1.0.0";
  private static final String PRESSURES = "https://example.org/pressures|1.0.0";

  private final Group group = new Group().setActual(false).setType(Group.GroupType.PERSON);

  private static Optional<ResolvedFeature> feature(String canonical) {
    return switch (canonical) {
      case PRESSURE -> Optional.of(feature("pressure", Operator.LATEST, "mm[Hg]"));
      case PRESSURES -> Optional.of(feature("pressures", Operator.COUNT, "1"));
      default -> Optional.empty();
    };
  }

  private static ResolvedFeature feature(String name, Operator operator, String unit) {
    return ResolvedFeature.of(
        FeatureDefinition.of(
            "https://example.org/" + name,
            name,
            operator,
            Selection.of(ResourceKind.OBSERVATION, List.of(Code.loinc("8480-6"))),
            unit));
  }

  private static Quantity quantity(String value, String unit) {
    return new Quantity()
        .setValue(new BigDecimal(value))
        .setSystem("http://unitsofmeasure.org")
        .setCode(unit);
  }

  private GroupCharacteristicComponent add(String feature, @Nullable Type value) {
    GroupCharacteristicComponent one = group.addCharacteristic();
    one.addExtension(CohortGroups.FEATURE, new CanonicalType(feature));
    return one.setValue(value);
  }

  private List<Criterion> accepted() {
    Parsed<CohortCriteria> read = CohortGroups.read(group, CohortGroupsTest::feature);
    assertThat(read).isInstanceOf(Parsed.Accepted.class);
    return ((Parsed.Accepted<CohortCriteria>) read).value().all();
  }

  private List<String> refused() {
    Parsed<CohortCriteria> read = CohortGroups.read(group, CohortGroupsTest::feature);
    assertThat(read).isInstanceOf(Parsed.Refused.class);
    return ((Parsed.Refused<CohortCriteria>) read)
        .problems().stream().map(Problem::toString).toList();
  }

  @Test
  void criteriaAreReadInTheirOrder() {
    add(PRESSURE, quantity("140", "mm[Hg]").setComparator(QuantityComparator.GREATER_OR_EQUAL))
        .setCode(new CodeableConcept().setText("High pressure"));
    add(PRESSURES, new Range().setLow(new Quantity().setValue(2)).setHigh(quantity("9", "1")))
        .setExclude(true);
    add(PRESSURES, new BooleanType(true));
    add(PRESSURE, new Range().setLow(quantity("90", "mm[Hg]")));
    List<Criterion> criteria = accepted();
    assertThat(criteria).extracting(Criterion::excludes).containsExactly(false, true, false, false);
    assertThat(criteria)
        .extracting(criterion -> criterion.wanted().toString())
        .containsExactly(">= 140", "2 to 9", "true", "at least 90");
    assertThat(criteria)
        .extracting(criterion -> criterion.feature().definition().canonical())
        .containsExactly(PRESSURE, PRESSURES, PRESSURES, PRESSURE);
    assertThat(criteria.get(0).text()).isEqualTo("High pressure");
    assertThat(criteria.get(1).text()).isEqualTo("pressures: 2 to 9");
  }

  @ParameterizedTest
  @CsvSource({"LESS_THAN, <", "LESS_OR_EQUAL, <=", ", =", "GREATER_THAN, >"})
  void comparatorsAreRead(@Nullable QuantityComparator comparator, String sign) {
    add(PRESSURE, quantity("140", "mm[Hg]").setComparator(comparator));
    assertThat(accepted().get(0).wanted()).hasToString(sign + " 140");
  }

  @Test
  void allThatIsWrongIsToldAtOnce() {
    group.setActual(true).setType(Group.GroupType.ANIMAL);
    group.addMember().setEntity(new Reference("Patient/1"));
    group.addCharacteristic().setValue(new BooleanType(true));
    add("https://example.org/pressure", new BooleanType(true));
    add("https://example.org/none|1", new BooleanType(true));
    add(PRESSURE, new BooleanType(true))
        .setPeriod(new Period().setStartElement(new DateTimeType("2024-01-01")));
    add(PRESSURE, quantity("14", "kPa"));
    add(PRESSURE, new Quantity().setValue(14));
    add(PRESSURE, new Range().setLow(quantity("9", "mm[Hg]")).setHigh(quantity("1", "mm[Hg]")));
    add(PRESSURE, new Range().setLow(quantity("9", "kPa")).setHigh(quantity("1", "[psi]")));
    add(PRESSURE, new CodeableConcept().setText("high"));
    add(PRESSURE, null);
    assertThat(refused())
        .satisfiesExactly(
            p -> assertThat(p).startsWith("Group.actual"),
            p -> assertThat(p).startsWith("Group.type"),
            p -> assertThat(p).contains("characteristic[0]").contains("it is missing"),
            p -> assertThat(p).contains("characteristic[1]").contains("names no version"),
            p -> assertThat(p).contains("characteristic[2]").contains("is no active feature"),
            p -> assertThat(p).contains("characteristic[3].period"),
            p -> assertThat(p).contains("characteristic[3].value").contains("neither true nor"),
            p -> assertThat(p).contains("[4].value").contains("'kPa'").contains("'mm[Hg]'"),
            p -> assertThat(p).contains("[5].value").contains("not coded"),
            p -> assertThat(p).contains("[6].value").contains("no number lies in it"),
            p -> assertThat(p).contains("[7].value.low"),
            p -> assertThat(p).contains("[7].value.high"),
            p -> assertThat(p).contains("[8].value").contains("neither truth nor number"),
            p -> assertThat(p).contains("[9].value").contains("neither truth nor number"));
  }

  @Test
  void criteriaMustBeThere() {
    assertThat(refused()).singleElement().asString().contains("there is no criterion");
  }
}
