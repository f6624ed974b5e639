package org.auscult.feature.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.auscult.timeline.Code;
import org.hl7.fhir.r4.model.ValueSet;
import org.hl7.fhir.r4.model.ValueSet.ConceptSetComponent;
import org.hl7.fhir.r4.model.ValueSet.FilterOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class IncludedCodesTest {
  private static final String ICD = "http://hl7.org/fhir/sid/icd-10";

  private static ConceptSetComponent family(String system, String head) {
    ConceptSetComponent part = new ConceptSetComponent().setSystem(system);
    part.addFilter().setProperty("concept").setOp(FilterOperator.ISA).setValue(head);
    return part;
  }

  @Test
  void readsListsAndFamiliesTogether() {
    ValueSet valueSet = new ValueSet();
    valueSet.getCompose().addInclude().setSystem("urn:a").addConcept().setCode("x");
    valueSet.getCompose().addInclude(family(ICD, "I50")).addInclude(family(ICD, "E10.2"));

    assertThat(IncludedCodes.of(valueSet).orElseThrow())
        .containsExactlyInAnyOrder(
            new Code("urn:a", "x"), new Code(ICD, "I50.-"), new Code(ICD, "E10.2-"));
    valueSet.getCompose().addExclude(family(ICD, "I50.1"));
    assertThat(IncludedCodes.of(valueSet)).isEmpty();
  }

  static Stream<ConceptSetComponent> left() {
    ConceptSetComponent both = family(ICD, "I50");
    both.addFilter().setProperty("concept").setOp(FilterOperator.ISA).setValue("I51");
    ConceptSetComponent listed = family(ICD, "I50");
    listed.addConcept().setCode("I50");
    ConceptSetComponent regex = family(ICD, "I50");
    regex.getFilterFirstRep().setOp(FilterOperator.REGEX);
    ConceptSetComponent property = family(ICD, "I50");
    property.getFilterFirstRep().setProperty("parent");
    ConceptSetComponent other = family(ICD, "I50");
    other.addValueSet("urn:other");
    return Stream.of(
        both,
        listed,
        regex,
        property,
        other,
        family("http://snomed.info/sct", "84114007"),
        family(ICD, "I5"),
        family(ICD, "I50-I52"),
        family(ICD, "IX"),
        new ConceptSetComponent().setSystem(ICD),
        new ConceptSetComponent());
  }

  @ParameterizedTest
  @MethodSource("left")
  void leavesTheRestToATerminologyServer(ConceptSetComponent part) {
    assertThat(IncludedCodes.of(part)).isEmpty();
  }
}
