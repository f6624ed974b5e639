package org.auscult.feature.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.auscult.feature.FeatureDefinition;
import org.auscult.feature.Operator;
import org.auscult.feature.ResolvedFeature;
import org.auscult.feature.Selection;
import org.auscult.feature.Translation;
import org.auscult.feature.Translation.Pair;
import org.auscult.timeline.Code;
import org.auscult.timeline.ResourceKind;
import org.hl7.fhir.r4.model.ConceptMap;
import org.hl7.fhir.r4.model.ConceptMap.ConceptMapGroupUnmappedMode;
import org.hl7.fhir.r4.model.Enumerations.ConceptMapEquivalence;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.junit.jupiter.api.Test;

class SourceMappingsTest {
  private static final String LAB = "http://lab.example.org";
  private static final Code LOCAL = new Code(LAB, "GLU");
  private static final Code GLUCOSE = Code.loinc("2345-7");

  private static ConceptMap map(ConceptMapEquivalence equivalence) {
    ConceptMap map = new ConceptMap();
    map.getMeta().addProfile(FeatureUrls.SOURCE_MAPPING);
    map.setUrl("http://example.org/map").setVersion("1").setStatus(PublicationStatus.ACTIVE);
    map.addGroup()
        .setSource(LAB)
        .setTarget(GLUCOSE.system())
        .addElement()
        .setCode(LOCAL.code())
        .addTarget()
        .setCode(GLUCOSE.code())
        .setEquivalence(equivalence);
    return map;
  }

  private static ConceptMap units(String text, String ucum) {
    ConceptMap map = map(ConceptMapEquivalence.EQUAL);
    map.addGroup()
        .setSource(FeatureUrls.RECORDED_UNIT_SYSTEM)
        .setTarget("http://unitsofmeasure.org")
        .addElement()
        .setCode(text)
        .addTarget()
        .setCode(ucum)
        .setEquivalence(ConceptMapEquivalence.EQUAL);
    return map;
  }

  private static List<Problem> problems(ConceptMap map) {
    return SourceMappings.read(map) instanceof Parsed.Refused<SourceMapping> refused
        ? refused.problems()
        : List.of();
  }

  @Test
  void whatIsCertainlyTheSameOrMoreCounts() {
    Pair forward = new Pair(LOCAL, GLUCOSE);
    Pair backward = new Pair(GLUCOSE, LOCAL);
    Map<ConceptMapEquivalence, List<Pair>> expected = new EnumMap<>(ConceptMapEquivalence.class);
    expected.put(ConceptMapEquivalence.EQUAL, List.of(forward, backward));
    expected.put(ConceptMapEquivalence.EQUIVALENT, List.of(forward, backward));
    expected.put(ConceptMapEquivalence.WIDER, List.of(forward));
    expected.put(ConceptMapEquivalence.SUBSUMES, List.of(forward));
    expected.put(ConceptMapEquivalence.NARROWER, List.of(backward));
    expected.put(ConceptMapEquivalence.SPECIALIZES, List.of(backward));
    for (ConceptMapEquivalence equivalence : ConceptMapEquivalence.values()) {
      if (equivalence != ConceptMapEquivalence.NULL) {
        ConceptMap map = map(equivalence);
        // So that something counts in any case.
        map.getGroupFirstRep()
            .addElement()
            .setCode("other")
            .addTarget()
            .setCode("other")
            .setEquivalence(ConceptMapEquivalence.WIDER);
        assertThat(SourceMappings.read(map).orThrow().pairs())
            .as(equivalence.toCode())
            .filteredOn(pair -> !pair.recorded().code().equals("other"))
            .isEqualTo(expected.getOrDefault(equivalence, List.of()));
      }
    }
  }

  @Test
  void wrongOnesAreRefusedWithTheirPlaces() {
    assertThat(problems(map(ConceptMapEquivalence.INEXACT)))
        .extracting(Problem::what)
        .containsExactly("nothing of it counts");
    ConceptMap wrong = new ConceptMap();
    wrong.addGroup().addElement().addTarget();
    assertThat(problems(wrong))
        .extracting(Problem::where)
        .containsExactlyInAnyOrder(
            "ConceptMap.url",
            "ConceptMap.version",
            "ConceptMap.status",
            "ConceptMap.group[0].source",
            "ConceptMap.group[0].target",
            "ConceptMap.group[0].element[0].code",
            "ConceptMap.group[0].element[0].target[0].equivalence");
    ConceptMap conditional = map(ConceptMapEquivalence.EQUAL);
    conditional
        .getGroupFirstRep()
        .getElementFirstRep()
        .getTargetFirstRep()
        .addDependsOn()
        .setProperty("p")
        .setValue("v");
    conditional.getGroupFirstRep().getUnmapped().setMode(ConceptMapGroupUnmappedMode.FIXED);
    assertThat(problems(conditional))
        .extracting(Problem::where)
        .containsExactly(
            "ConceptMap.group[0].unmapped", "ConceptMap.group[0].element[0].target[0]");
  }

  @Test
  void aUnitThatIsOneAlreadyIsNoOtherOne() {
    assertThat(problems(units("mg per 100 ml", "mg/dL"))).isEmpty();
    // In UCUM a gram percent is a gram per decilitre.
    assertThat(problems(units("mg%", "mg/dL"))).isEmpty();
    assertThat(problems(units("mg/L", "mg/dL")))
        .extracting(Problem::what)
        .containsExactly("'mg/L' is a unit already, and would become mg/dL");
    assertThat(problems(units("mg per 100 ml", "milligrams")))
        .extracting(Problem::what)
        .containsExactly("'milligrams' is not a UCUM unit");
    ConceptMap twice = units("mg per 100 ml", "mg/dL");
    twice
        .getGroup()
        .get(1)
        .addElement()
        .setCode("mg per 100 ml")
        .addTarget()
        .setCode("mg/L")
        .setEquivalence(ConceptMapEquivalence.EQUAL);
    assertThat(problems(twice))
        .extracting(Problem::what)
        .containsExactly("'mg per 100 ml' would mean two units");
  }

  private static ResolvedFeature feature(Translation translation, Code... codes) {
    return ResolvedFeature.of(
            FeatureDefinition.of(
                "http://example.org/f",
                "f",
                Operator.COUNT,
                Selection.of(ResourceKind.OBSERVATION, List.of(codes)),
                "1"))
        .mapped(translation);
  }

  @Test
  void aFeatureIsWidenedAndItsHashesTellWhatChanged() {
    SourceMapping mapping = SourceMappings.read(map(ConceptMapEquivalence.WIDER)).orThrow();
    Translation translation = SourceMappings.together(List.of(mapping));

    ResolvedFeature plain = feature(Translation.NONE, GLUCOSE);
    ResolvedFeature mapped = feature(translation, GLUCOSE);
    ResolvedFeature other = feature(translation, Code.loinc("2160-0"));

    assertThat(mapped.codes()).isEqualTo(Set.of(GLUCOSE, LOCAL));
    assertThat(feature(translation, LOCAL).codes()).isEqualTo(Set.of(LOCAL));
    assertThat(mapped.terms().expansion()).isEqualTo(plain.terms().expansion()).hasSize(64);
    assertThat(other.terms().expansion()).isNotEqualTo(plain.terms().expansion());
    assertThat(plain.terms().mapping()).isNull();
    assertThat(mapped.terms().mapping()).hasSize(64);
    assertThat(other.terms().mapping()).as("nothing of it is mapped").isNull();
  }

  @Test
  void whatCountsAsACodeCountsAsItsFamily() {
    Code old = new Code("http://hl7.org/fhir/sid/icd-9-cm", "428.0");
    Code heart = new Code("http://hl7.org/fhir/sid/icd-10-cm", "I50.9");
    Translation translation = Translation.of(List.of(new Pair(old, heart)), List.of());
    Code family = new Code(heart.system(), "I50.-");

    assertThat(feature(translation, family).codes()).isEqualTo(Set.of(family, old));
    assertThat(feature(translation, new Code(heart.system(), "I51.-")).codes()).hasSize(1);
  }

  /** Worked out beside this code: {@code printf 'code\thttp://loinc.org|2345-7\n' | sha256sum}. */
  @Test
  void theHashIsTheDocumentedOne() {
    assertThat(feature(Translation.NONE, GLUCOSE).terms().expansion())
        .isEqualTo("820fb8c6b71166c4546221a02ce94625455df2f17a7f11df6074a7c802d21217");
  }
}
