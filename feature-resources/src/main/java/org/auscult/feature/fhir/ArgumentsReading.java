package org.auscult.feature.fhir;

import java.util.Arrays;
import java.util.Set;
import org.auscult.feature.Arguments;
import org.auscult.feature.Baseline;
import org.auscult.feature.Derivation;
import org.auscult.feature.Distinct;
import org.auscult.feature.Operator;
import org.auscult.feature.PatientElement;
import org.auscult.feature.Range;
import org.auscult.feature.expression.Expression;
import org.auscult.feature.expression.ExpressionException;
import org.hl7.fhir.r4.model.Library;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/** Reads what an operator needs to know beyond its facts, and refuses what it does not take. */
final class ArgumentsReading {
  private final Library library;
  private final Extensions extensions;

  ArgumentsReading(Library library, Extensions extensions) {
    this.library = library;
    this.extensions = extensions;
  }

  /**
   * @param valueUnit the unit in which facts are read
   */
  Arguments read(@Nullable Operator operator, String valueUnit) {
    Integer nth = nth();
    Range range = extensions.range(FeatureUrls.RANGE, valueUnit);
    Baseline baseline =
        extensions.choice(
            FeatureUrls.BASELINE,
            Baseline::parse,
            Arrays.stream(Baseline.values()).map(Baseline::code).toList());
    Distinct distinct =
        extensions.choice(
            FeatureUrls.DISTINCT,
            Distinct::parse,
            Arrays.stream(Distinct.values()).map(Distinct::code).toList());
    String anchor = extensions.text(FeatureUrls.ANCHOR);
    Expression expression = expression();
    if (operator == null) {
      return Arguments.NONE;
    }
    needs(operator, FeatureUrls.NTH, Set.of(Operator.NTH_LATEST));
    needs(operator, FeatureUrls.RANGE, Set.of(Operator.TIME_IN_RANGE));
    needs(operator, FeatureUrls.BASELINE, Set.of(Operator.DELTA, Operator.PERCENT_CHANGE));
    needs(operator, FeatureUrls.DISTINCT, Set.of(Operator.DISTINCT_COUNT));
    needs(operator, FeatureUrls.EXPRESSION, Set.of(Operator.DERIVED));
    if (anchor != null && operator != Operator.AGE) {
      extensions.problem(
          FeatureUrls.ANCHOR,
          "only age can be anchored",
          "Remove the anchor, or use the operator age.");
    }
    String ownUnit = extensions.text(FeatureUrls.VALUE_UNIT);
    Derivation derivation =
        expression == null ? null : new Derivation(expression, FeatureDefinitions.inputs(library));
    return new Arguments(
        nth, range, baseline, distinct, ownUnit, anchor, derivation, element(operator));
  }

  private void needs(Operator operator, String url, Set<Operator> takers) {
    if (takers.contains(operator) && !extensions.has(url)) {
      extensions.problem(url, operator.code() + " needs it", "Give it.");
    }
    if (!takers.contains(operator) && extensions.has(url)) {
      extensions.problem(url, operator.code() + " does not take it", "Remove it.");
    }
  }

  /** By the one path of the code filters; other operators find facts by their codes alone. */
  private @Nullable PatientElement element(Operator operator) {
    if (operator != Operator.DEMOGRAPHIC) {
      return null;
    }
    return library.getDataRequirement().stream()
        .flatMap(requirement -> requirement.getCodeFilter().stream())
        .map(filter -> String.valueOf(filter.getPath()))
        .distinct()
        .reduce((a, b) -> "")
        .flatMap(PatientElement::parse)
        .orElse(null);
  }

  private @Nullable Integer nth() {
    if (!extensions.has(FeatureUrls.NTH)) {
      return null;
    }
    String text = extensions.text(FeatureUrls.NTH);
    if (text != null && text.matches("[1-9]\\d{0,3}") && !text.equals("1")) {
      return Integer.valueOf(text);
    }
    extensions.problem(
        FeatureUrls.NTH,
        "it is no whole number from 2 to 9999",
        "Give 2 for the one before the last; the last one is latest.");
    return null;
  }

  private @Nullable Expression expression() {
    if (!extensions.has(FeatureUrls.EXPRESSION)) {
      return null;
    }
    Type value = extensions.value(FeatureUrls.EXPRESSION);
    if (!(value instanceof StringType written) || !written.hasValue()) {
      extensions.problem(
          FeatureUrls.EXPRESSION,
          "it is no string",
          "Give valueString; for other languages there is no reader.");
      return null;
    }
    try {
      Expression expression = Expression.parse(written.getValue());
      if (expression.features().isEmpty()) {
        extensions.problem(
            FeatureUrls.EXPRESSION, "it names no feature", "Name one, or leave the feature out.");
      } else if (FeatureDefinitions.inputs(library).isEmpty()) {
        // Whether those that are given are the right ones is said where their units are known.
        extensions.problem(
            FeatureUrls.EXPRESSION,
            "relatedArtifact names none of its features",
            "Name each as url|version in relatedArtifact of type depends-on.");
      }
      return expression;
    } catch (ExpressionException e) {
      extensions.problem(
          FeatureUrls.EXPRESSION, "it cannot be read", e.getMessage() + " Places count from 1.");
      return null;
    }
  }
}
