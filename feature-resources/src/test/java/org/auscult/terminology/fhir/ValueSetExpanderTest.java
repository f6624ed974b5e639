package org.auscult.terminology.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.auscult.timeline.Code;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeSystem.CodeSystemContentMode;
import org.hl7.fhir.r4.model.CodeSystem.CodeSystemHierarchyMeaning;
import org.hl7.fhir.r4.model.CodeSystem.ConceptDefinitionComponent;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.ValueSet;
import org.hl7.fhir.r4.model.ValueSet.ConceptSetComponent;
import org.hl7.fhir.r4.model.ValueSet.FilterOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ValueSetExpanderTest {
  private static final String SYSTEM = "http://example.org/drugs";

  private final List<CodeSystem> systems = new ArrayList<>();
  private final List<ValueSet> valueSets = new ArrayList<>();

  /**
   * drug -> statin -> (atorvastatin -> atorvastatin-10), simvastatin (retired); metformin is linked
   * to drug by its property; metformin-500 has an ingredient.
   */
  @BeforeEach
  void drugs() {
    CodeSystem drugs = new CodeSystem();
    drugs.setUrl(SYSTEM).setVersion("1").setContent(CodeSystemContentMode.COMPLETE);
    ConceptDefinitionComponent statin = drugs.addConcept().setCode("drug").addConcept();
    statin.setCode("statin");
    statin.addConcept().setCode("atorvastatin").addConcept().setCode("atorvastatin-10");
    statin
        .addConcept()
        .setCode("simvastatin")
        .addProperty()
        .setCode("inactive")
        .setValue(new BooleanType(true));
    drugs
        .addConcept()
        .setCode("metformin")
        .addProperty()
        .setCode("parent")
        .setValue(new CodeType("drug"));
    drugs
        .addConcept()
        .setCode("metformin-500")
        .addProperty()
        .setCode("ingredient")
        .setValue(new CodeType("metformin"));
    systems.add(drugs);
  }

  private ValueSet valueSet() {
    ValueSet valueSet = new ValueSet();
    valueSet.setUrl("http://example.org/ValueSet/" + valueSets.size()).setVersion("1");
    valueSets.add(valueSet);
    return valueSet;
  }

  private Set<String> codes(ValueSet valueSet) {
    Expansion expansion = expand(valueSet);
    assertThat(expansion).isInstanceOf(Expansion.Whole.class);
    Set<String> codes = new TreeSet<>();
    ((Expansion.Whole) expansion).codes().stream().map(Code::code).forEach(codes::add);
    return codes;
  }

  private String why(ValueSet valueSet) {
    Expansion expansion = expand(valueSet);
    assertThat(expansion).isInstanceOf(Expansion.Impossible.class);
    return ((Expansion.Impossible) expansion).why();
  }

  private Expansion expand(ValueSet valueSet) {
    return new ValueSetExpander(
            new ValueSetExpander.Content() {
              @Override
              public List<CodeSystem> codeSystems(String url, @Nullable String version) {
                return systems.stream()
                    .filter(s -> s.getUrl().equals(url))
                    .filter(s -> version == null || s.getVersion().equals(version))
                    .toList();
              }

              @Override
              public List<ValueSet> valueSets(String canonical) {
                return valueSets.stream()
                    .filter(
                        v ->
                            canonical.equals(v.getUrl())
                                || canonical.equals(v.getUrl() + "|" + v.getVersion()))
                    .toList();
              }
            })
        .expand(valueSet.getUrl() + "|1");
  }

  private ValueSet filtered(String property, FilterOperator op, String value) {
    ValueSet valueSet = valueSet();
    filter(valueSet.getCompose().addInclude(), property, op, value);
    return valueSet;
  }

  private static void filter(
      ConceptSetComponent part, String property, FilterOperator op, String value) {
    part.setSystem(SYSTEM).addFilter().setProperty(property).setOp(op).setValue(value);
  }

  @Test
  void descendantsAreThoseOfTheTreeAndOfTheLinks() {
    assertThat(codes(filtered("concept", FilterOperator.ISA, "drug")))
        .containsExactly(
            "atorvastatin", "atorvastatin-10", "drug", "metformin", "simvastatin", "statin");
    assertThat(codes(filtered("code", FilterOperator.DESCENDENTOF, "statin")))
        .containsExactly("atorvastatin", "atorvastatin-10", "simvastatin");
    assertThat(codes(filtered("concept", FilterOperator.ISNOTA, "drug")))
        .containsExactly("metformin-500");
    assertThat(codes(filtered("parent", FilterOperator.EQUAL, "drug")))
        .containsExactly("metformin", "statin");
    assertThat(codes(filtered("child", FilterOperator.EQUAL, "atorvastatin-10")))
        .containsExactly("atorvastatin");
    assertThat(codes(filtered("ancestor", FilterOperator.EQUAL, "statin"))).hasSize(3);
  }

  @Test
  void propertiesSelect() {
    assertThat(codes(filtered("ingredient", FilterOperator.EQUAL, "metformin")))
        .containsExactly("metformin-500");
    assertThat(codes(filtered("ingredient", FilterOperator.IN, "none, metformin")))
        .containsExactly("metformin-500");
    assertThat(codes(filtered("ingredient", FilterOperator.NOTIN, "metformin"))).hasSize(6);
    assertThat(codes(filtered("ingredient", FilterOperator.EXISTS, "true")))
        .containsExactly("metformin-500");
    assertThat(codes(filtered("concept", FilterOperator.IN, "drug,statin")))
        .containsExactly("drug", "statin");
    assertThat(codes(filtered("concept", FilterOperator.EQUAL, "drug"))).containsExactly("drug");
    assertThat(codes(filtered("concept", FilterOperator.NOTIN, "drug"))).hasSize(6);
  }

  @Test
  void allFiltersOfAPartHoldAndPartsAreJoined() {
    ValueSet valueSet = filtered("concept", FilterOperator.ISA, "drug");
    filter(
        valueSet.getCompose().getIncludeFirstRep(),
        "concept",
        FilterOperator.DESCENDENTOF,
        "statin");
    valueSet.getCompose().addInclude().setSystem(SYSTEM).addConcept().setCode("metformin");
    valueSet.getCompose().addExclude().setSystem(SYSTEM).addConcept().setCode("atorvastatin");

    assertThat(codes(valueSet)).containsExactly("atorvastatin-10", "metformin", "simvastatin");
  }

  @Test
  void whatIsInactiveIsLeftOutWhereThatIsSaid() {
    ValueSet valueSet = filtered("concept", FilterOperator.DESCENDENTOF, "statin");
    valueSet.getCompose().setInactive(false);

    assertThat(codes(valueSet)).containsExactly("atorvastatin", "atorvastatin-10");
  }

  @Test
  void anotherValueSetRestrictsASystemAndStandsByItself() {
    ValueSet statins = filtered("concept", FilterOperator.ISA, "statin");
    ValueSet both = valueSet();
    both.getCompose().addInclude().setSystem(SYSTEM).addValueSet(statins.getUrl() + "|1");
    ValueSet alone = valueSet();
    alone.getCompose().addInclude().addValueSet(statins.getUrl());

    assertThat(codes(both)).isEqualTo(codes(alone)).hasSize(4);
  }

  @Test
  void aWholeSystemIsAllOfItsCodes() {
    ValueSet valueSet = valueSet();
    valueSet.getCompose().addInclude().setSystem(SYSTEM);

    assertThat(codes(valueSet)).hasSize(7);
  }

  /** Safety: 35. */
  @Test
  void whatIsNotWholeIsRefused() {
    assertThat(why(filtered("concept", FilterOperator.ISA, "aspirin")))
        .contains("has no concept aspirin");
    assertThat(why(filtered("colour", FilterOperator.EQUAL, "red")))
        .contains("has no property colour");
    assertThat(why(filtered("concept", FilterOperator.REGEX, "a.*"))).contains("concept regex a.*");
    assertThat(why(filtered("ingredient", FilterOperator.EQUAL, "none"))).contains("no code");
    systems.get(0).setCount(8);
    assertThat(why(filtered("concept", FilterOperator.ISA, "drug")))
        .contains("has 8 codes, and holds 7");
    systems.get(0).setCount(7).setContent(CodeSystemContentMode.NOTPRESENT);
    assertThat(why(filtered("concept", FilterOperator.ISA, "drug"))).contains("not-present");
    systems.get(0).setContent(null);
    assertThat(why(filtered("concept", FilterOperator.ISA, "drug")))
        .contains("not said to be complete");
    systems.get(0).setContent(CodeSystemContentMode.COMPLETE);
    systems.get(0).setHierarchyMeaning(CodeSystemHierarchyMeaning.PARTOF);
    assertThat(why(filtered("concept", FilterOperator.ISA, "drug"))).contains("none of kinds");
  }

  @Test
  void twoVersionsOfASystemNeedTheOneToBeNamed() {
    CodeSystem other = new CodeSystem();
    other.setUrl(SYSTEM).setVersion("2").setContent(CodeSystemContentMode.COMPLETE);
    other.addConcept().setCode("drug");
    systems.add(other);
    ValueSet valueSet = filtered("concept", FilterOperator.ISA, "drug");
    assertThat(why(valueSet)).contains("several versions of the CodeSystem");

    valueSet.getCompose().getIncludeFirstRep().setVersion("2");

    assertThat(codes(valueSet)).containsExactly("drug");
  }

  @Test
  void aCarriedExpansionStandsWhereItIsWhole() {
    ValueSet valueSet = filtered("concept", FilterOperator.ISA, "drug");
    valueSet.getCompose().getIncludeFirstRep().setSystem("http://elsewhere.example.org");
    assertThat(why(valueSet)).contains("is not here");
    var contains = valueSet.getExpansion().addContains();
    contains.setSystem(SYSTEM).setCode("group").setAbstract(true);
    contains.addContains().setSystem(SYSTEM).setCode("x");
    assertThat(why(valueSet)).contains("total does not say the same");
    valueSet.getExpansion().setTotal(3);
    assertThat(why(valueSet)).contains("total does not say the same");

    valueSet.getExpansion().setTotal(2);

    assertThat(codes(valueSet)).containsExactly("x");
    valueSet.getExpansion().setOffset(2);
    assertThat(why(valueSet)).contains("a page");
  }

  @Test
  void aValueSetThatIncludesItselfIsRefused() {
    ValueSet one = valueSet();
    ValueSet other = valueSet();
    one.getCompose().addInclude().addValueSet(other.getUrl() + "|1");
    other.getCompose().addInclude().addValueSet(one.getUrl() + "|1");

    assertThat(why(one)).contains("includes itself");
  }

  @Test
  void aLoopOfParentsEnds() {
    CodeSystem loop = new CodeSystem();
    loop.setUrl("http://example.org/loop").setContent(CodeSystemContentMode.COMPLETE);
    for (String[] pair : new String[][] {{"a", "b"}, {"b", "a"}}) {
      loop.addConcept()
          .setCode(pair[0])
          .addProperty()
          .setCode("parent")
          .setValue(new CodeType(pair[1]));
    }
    systems.add(loop);
    ValueSet valueSet = filtered("concept", FilterOperator.ISA, "a");
    valueSet.getCompose().getIncludeFirstRep().setSystem("http://example.org/loop");

    assertThat(codes(valueSet)).containsExactly("a", "b");
  }

  @Test
  void moreThanAFeatureCanReadIsRefused() {
    CodeSystem large = new CodeSystem();
    large.setUrl("http://example.org/large").setContent(CodeSystemContentMode.COMPLETE);
    for (int i = 0; i <= ValueSetExpander.MOST; i++) {
      large.addConcept().setCode("c" + i);
    }
    systems.add(large);
    ValueSet valueSet = valueSet();
    valueSet.getCompose().addInclude().setSystem("http://example.org/large");
    assertThat(why(valueSet)).contains("50,001 codes");

    large.getConcept().remove(0);

    assertThat(codes(valueSet)).hasSize(ValueSetExpander.MOST);
  }

  @Test
  void aFamilyNeedsNoCodeSystemUnlessItIsRestricted() {
    String icd = "http://hl7.org/fhir/sid/icd-10-cm";
    ValueSet family = filtered("concept", FilterOperator.ISA, "I50");
    family.getCompose().getIncludeFirstRep().setSystem(icd);
    assertThat(codes(family)).containsExactly("I50.-");

    family.getCompose().addExclude().setSystem(icd).addConcept().setCode("I50.1");
    assertThat(why(family)).contains("the CodeSystem " + icd + " is not here");
    family.getCompose().getExclude().clear();
    ValueSet other = valueSet();
    other.getCompose().addInclude().addValueSet(family.getUrl() + "|1");
    other.getCompose().addExclude().setSystem(icd).addConcept().setCode("I50.1");
    assertThat(why(other)).contains("is restricted, and not listed");
  }
}
