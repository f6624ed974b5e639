package org.auscult.golden.fhir;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.auscult.feature.fhir.IncludedCodes;
import org.auscult.timeline.Code;
import org.hl7.fhir.r4.model.ValueSet;
import org.hl7.fhir.r4.model.ValueSet.ConceptSetComponent;
import org.hl7.fhir.r4.model.ValueSet.ValueSetExpansionContainsComponent;

/**
 * The ValueSets of a golden file, which names its codes one by one, or families of ICD-10: without
 * a terminology server nothing else can be expanded.
 */
final class ValueSetCodes {
  private final Map<String, Set<Code>> byCanonical = new HashMap<>();

  static ValueSetCodes read(List<Node> nodes, FhirNodes fhir) {
    ValueSetCodes read = new ValueSetCodes();
    for (Node node : nodes) {
      ValueSet valueSet = fhir.read(node, ValueSet.class);
      if (valueSet != null) {
        read.add(valueSet, node);
      }
    }
    return read;
  }

  /** By {@code url|version}. */
  Optional<Set<Code>> codes(String canonical) {
    return Optional.ofNullable(byCanonical.get(canonical));
  }

  private void add(ValueSet valueSet, Node node) {
    if (!valueSet.hasUrl() || !valueSet.hasVersion()) {
      node.complain("it has no url or no version", "Give both; definitions name url|version.");
      return;
    }
    Set<Code> codes = new HashSet<>();
    boolean isEnumerated =
        valueSet.hasExpansion()
            ? expansion(valueSet.getExpansion().getContains(), codes)
            : compose(valueSet, codes);
    if (!isEnumerated || codes.isEmpty()) {
      node.complain(
          isEnumerated ? "it holds no code" : "it does not name its codes one by one",
          "Give compose.include.concept with their system, an expansion, or is-a of ICD-10.");
      return;
    }
    String canonical = valueSet.getUrl() + "|" + valueSet.getVersion();
    if (byCanonical.putIfAbsent(canonical, codes) != null) {
      node.complain(canonical + " is there twice", "Keep one.");
    }
  }

  private static boolean expansion(
      List<ValueSetExpansionContainsComponent> contains, Set<Code> codes) {
    boolean isRead = true;
    for (ValueSetExpansionContainsComponent one : contains) {
      if (one.hasCode() && !one.hasSystem()) {
        isRead = false;
      } else if (one.hasCode() && !one.getAbstract()) {
        codes.add(new Code(one.getSystem(), one.getCode()));
      }
      isRead &= expansion(one.getContains(), codes);
    }
    return isRead;
  }

  private static boolean compose(ValueSet valueSet, Set<Code> codes) {
    Set<Code> excluded = new HashSet<>();
    boolean isRead = true;
    for (ConceptSetComponent include : valueSet.getCompose().getInclude()) {
      isRead &= concepts(include, codes);
    }
    for (ConceptSetComponent exclude : valueSet.getCompose().getExclude()) {
      isRead &= concepts(exclude, excluded);
    }
    codes.removeAll(excluded);
    return isRead;
  }

  private static boolean concepts(ConceptSetComponent part, Set<Code> codes) {
    Optional<Set<Code>> said = IncludedCodes.of(part);
    said.ifPresent(codes::addAll);
    return said.isPresent();
  }
}
