package org.auscult.server.feature;

import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.context.support.ValidationSupportContext;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.auscult.feature.fhir.IncludedCodes;
import org.auscult.timeline.Code;
import org.hl7.fhir.r4.model.ValueSet;

/**
 * Expands ValueSets: those that say their codes by themselves, others through HAPI's terminology
 * service. An expansion that is empty or impossible is no expansion (safety rule 35).
 */
public final class StoredTerminology {
  private final StoredDefinitions definitions;
  private final IValidationSupport terminology;

  StoredTerminology(StoredDefinitions definitions, IValidationSupport terminology) {
    this.definitions = definitions;
    this.terminology = terminology;
  }

  /** The codes of a ValueSet by {@code url|version}; empty if it cannot be expanded. */
  public Optional<Set<Code>> expand(String canonical) {
    return definitions.valueSet(canonical).flatMap(this::expand).filter(codes -> !codes.isEmpty());
  }

  private Optional<Set<Code>> expand(ValueSet valueSet) {
    Optional<Set<Code>> said = IncludedCodes.of(valueSet);
    if (said.isPresent()) {
      return said;
    }
    Set<Code> codes = new LinkedHashSet<>();
    var outcome =
        terminology.expandValueSet(new ValidationSupportContext(terminology), null, valueSet);
    if (outcome == null || !(outcome.getValueSet() instanceof ValueSet expanded)) {
      return Optional.empty();
    }
    expanded
        .getExpansion()
        .getContains()
        .forEach(c -> codes.add(new Code(c.getSystem(), c.getCode())));
    return Optional.of(codes);
  }
}
