package org.auscult.feature.fhir;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.auscult.timeline.Code;
import org.auscult.timeline.CodeFamilies;
import org.hl7.fhir.r4.model.ValueSet;
import org.hl7.fhir.r4.model.ValueSet.ConceptSetComponent;
import org.hl7.fhir.r4.model.ValueSet.ConceptSetFilterComponent;
import org.hl7.fhir.r4.model.ValueSet.FilterOperator;

/**
 * The codes of a part of a ValueSet that says them itself: one by one, or as a code with all below
 * it in a system whose codes say what lies above them ({@link CodeFamilies}).
 */
public final class IncludedCodes {
  private IncludedCodes() {}

  /**
   * The codes that a ValueSet includes.
   *
   * @return empty if it excludes some, or leaves some to a terminology server
   */
  public static Optional<Set<Code>> of(ValueSet valueSet) {
    if (!valueSet.getCompose().getExclude().isEmpty()) {
      return Optional.empty();
    }
    Set<Code> codes = new LinkedHashSet<>();
    for (ConceptSetComponent include : valueSet.getCompose().getInclude()) {
      Optional<Set<Code>> some = of(include);
      if (some.isEmpty()) {
        return Optional.empty();
      }
      codes.addAll(some.get());
    }
    return Optional.of(codes);
  }

  /** The codes of one part; empty if it leaves them to a terminology server. */
  public static Optional<Set<Code>> of(ConceptSetComponent part) {
    if (!part.hasSystem() || part.hasValueSet()) {
      return Optional.empty();
    }
    if (part.hasConcept()) {
      return part.hasFilter() ? Optional.empty() : Optional.of(listed(part));
    }
    // Several filters of one part must all hold; one is a family.
    return part.getFilter().size() == 1
        ? family(part.getSystem(), part.getFilterFirstRep())
        : Optional.empty();
  }

  private static Set<Code> listed(ConceptSetComponent part) {
    Set<Code> codes = new LinkedHashSet<>();
    part.getConcept().stream()
        .filter(concept -> concept.hasCode())
        .forEach(concept -> codes.add(new Code(part.getSystem(), concept.getCode())));
    return codes;
  }

  private static Optional<Set<Code>> family(String system, ConceptSetFilterComponent filter) {
    boolean isFamily =
        CodeFamilies.isKnownOf(system)
            && "concept".equals(filter.getProperty())
            && filter.getOp() == FilterOperator.ISA
            && filter.hasValue()
            && filter.getValue().matches("[A-Z][0-9][0-9A-Z](\\.[0-9A-Z]{1,4})?");
    return isFamily
        ? Optional.of(Set.of(CodeFamilies.family(new Code(system, filter.getValue()))))
        : Optional.empty();
  }
}
