package org.auscult.feature.fhir;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.auscult.feature.Derivation;
import org.auscult.feature.FeatureDefinition;
import org.auscult.feature.ResolvedFeature;
import org.auscult.feature.expression.Formula;

/** Holds a derived feature to the features that it is made of. */
public final class DerivedFeatures {
  private static final String WHERE = Extensions.at(FeatureUrls.EXPRESSION);

  private DerivedFeatures() {}

  /**
   * Everything that is wrong: names that no input has, inputs that the expression does not name,
   * two inputs of one name, and units that do not fit.
   *
   * @param inputs those that were found; if they are not all, names without one are passed over,
   *     since whoever looked for them says so
   */
  public static List<Problem> problems(FeatureDefinition derived, List<ResolvedFeature> inputs) {
    Derivation derivation = Objects.requireNonNull(derived.arguments().derivation());
    List<Problem> problems = new ArrayList<>();
    Map<String, String> units = new TreeMap<>();
    for (ResolvedFeature input : inputs) {
      FeatureDefinition definition = input.definition();
      if (units.put(definition.name(), definition.unit()) != null) {
        problems.add(
            new Problem(
                "Library.relatedArtifact",
                "two of its features have the name " + definition.name(),
                "Keep one."));
      }
      if (!derivation.expression().features().contains(definition.name())) {
        problems.add(
            new Problem(
                "Library.relatedArtifact",
                definition.canonical() + " is not named in the expression as " + definition.name(),
                "Remove it, or correct the name."));
      }
    }
    Formula.Checked checked = Formula.check(derivation.expression(), units, derived.unit());
    boolean isComplete = inputs.size() == derivation.inputs().size();
    for (String what : isComplete ? checked.problems() : checked.misfits()) {
      problems.add(new Problem(WHERE, what, "Correct the expression, or the unit."));
    }
    return problems;
  }
}
