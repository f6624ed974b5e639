package org.auscult.golden.fhir;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.auscult.feature.ContextRule;
import org.auscult.feature.ResolvedContextRule;
import org.auscult.feature.fhir.ContextFeatures;
import org.auscult.feature.fhir.ContextRules;
import org.auscult.feature.fhir.Parsed;
import org.auscult.feature.fhir.Problem;
import org.auscult.timeline.Code;
import org.hl7.fhir.r4.model.Library;

/** The context rules of a golden file, by canonical. */
final class Rules {
  private final Map<String, ResolvedContextRule> byCanonical = new HashMap<>();

  private Rules() {}

  static Rules read(List<Node> nodes, ValueSetCodes valueSets, FhirNodes fhir) {
    Rules read = new Rules();
    for (Node node : nodes) {
      Library library = fhir.read(node, Library.class);
      if (library != null) {
        read.put(library, node, valueSets);
      }
    }
    return read;
  }

  private void put(Library library, Node node, ValueSetCodes valueSets) {
    if (!ContextRules.isOne(library)) {
      node.complain(
          "it does not claim to be a context rule",
          "Name the profile context-rule in meta.profile.");
      return;
    }
    List<Problem> problems = new ArrayList<>();
    Parsed<ContextRule> parsed = ContextRules.read(library);
    if (parsed instanceof Parsed.Refused<ContextRule> refused) {
      problems.addAll(refused.problems());
    } else {
      ContextFeatures.resolve(parsed.orThrow(), (set, p) -> expand(valueSets, set, p), problems)
          .filter(rule -> byCanonical.putIfAbsent(rule.rule().canonical(), rule) != null)
          .ifPresent(
              rule -> node.complain(rule.rule().canonical() + " is there twice", "Keep one."));
    }
    problems.forEach(p -> node.complain(p.where() + ": " + p.what(), p.remedy()));
  }

  /** A ValueSet's codes; says so if it is not in the file. */
  static Set<Code> expand(ValueSetCodes valueSets, String canonical, List<Problem> problems) {
    Optional<Set<Code>> codes = valueSets.codes(canonical);
    if (codes.isEmpty()) {
      problems.add(
          new Problem(
              "Library",
              "ValueSet " + canonical + " is not in this file, or wrong",
              "Add it to 'valueSets'."));
    }
    return codes.orElse(Set.of());
  }

  /** By {@code url|version}. */
  Optional<ResolvedContextRule> rule(String canonical) {
    return Optional.ofNullable(byCanonical.get(canonical));
  }
}
