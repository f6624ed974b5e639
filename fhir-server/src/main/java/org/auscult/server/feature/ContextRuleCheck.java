package org.auscult.server.feature;

import java.util.ArrayList;
import java.util.List;
import org.auscult.feature.ContextRule;
import org.auscult.feature.fhir.ContextRules;
import org.auscult.feature.fhir.Parsed;
import org.auscult.feature.fhir.Problem;
import org.auscult.server.feature.ExpansionHash.Expanded;
import org.hl7.fhir.r4.model.Library;
import org.jspecify.annotations.Nullable;

/** What must hold of a context rule: all that is wrong with it, at once. */
final class ContextRuleCheck {
  private final StoredContextRules rules;
  private final StoredFeatureCatalog features;
  private final CodeSystems codeSystems;

  ContextRuleCheck(
      StoredContextRules rules, StoredFeatureCatalog features, CodeSystems codeSystems) {
    this.rules = rules;
    this.features = features;
    this.codeSystems = codeSystems;
  }

  /**
   * Puts the hash of its expansion into a rule that becomes active.
   *
   * @param former the active version that stays as it is; null otherwise
   */
  List<Problem> problems(Library library, @Nullable Library former) {
    List<Problem> problems = new ArrayList<>();
    if (former == null) {
      problems.addAll(codeSystems.unknown(library));
    }
    Parsed<ContextRule> parsed = ContextRules.read(library);
    if (parsed instanceof Parsed.Accepted<ContextRule> accepted) {
      rules
          .resolve(accepted.value(), problems)
          .ifPresent(rule -> ExpansionHash.settle(library, former, Expanded.of(rule), problems));
    } else if (parsed instanceof Parsed.Refused<ContextRule> refused) {
      problems.addAll(refused.problems());
      problems.addAll(features.absences(library));
      problems.addAll(rules.absencesOf(library));
    }
    return problems;
  }
}
