package org.auscult.feature.fhir;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.auscult.feature.Arguments;
import org.auscult.feature.CodedAnswers;
import org.auscult.feature.FeatureDefinition;
import org.auscult.feature.MissingPolicy;
import org.auscult.feature.Operator;
import org.auscult.feature.Range;
import org.auscult.feature.Selection;
import org.auscult.feature.Window;
import org.auscult.timeline.Code;
import org.auscult.unit.CodeUnits;
import org.auscult.unit.Units;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Library;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.RelatedArtifact;
import org.jspecify.annotations.Nullable;

/** Reads feature definitions from Libraries, and says everything that is wrong with one. */
public final class FeatureDefinitions {
  private final CodeUnits units;

  public FeatureDefinitions(CodeUnits units) {
    this.units = units;
  }

  /** Whether a Library claims to be a feature definition. */
  public static boolean isOne(Library library) {
    return Profiles.claims(library, FeatureUrls.FEATURE_DEFINITION);
  }

  /** The canonicals with version of the features that a derived one is made of. */
  public static List<String> inputs(Library library) {
    return library.getRelatedArtifact().stream()
        .filter(a -> a.getType() == RelatedArtifact.RelatedArtifactType.DEPENDSON)
        .map(RelatedArtifact::getResource)
        .filter(resource -> resource != null)
        .distinct()
        .toList();
  }

  /** The definition, or all of its problems. */
  public Parsed<FeatureDefinition> read(Library library) {
    return parsed(library instanceof FeatureDefinitionLibrary typed ? typed.toPlain() : library);
  }

  private Parsed<FeatureDefinition> parsed(Library library) {
    Problems problems = new Problems();
    Extensions extensions = new Extensions(library, problems);
    String url = problems.url("Library.url", library.getUrl());
    String version =
        problems.required("Library.version", library.getVersion(), "a version such as 1.0.0");
    String name =
        problems.required("Library.name", library.getName(), "a name such as systolic_bp");
    if (!library.hasStatus()) {
      problems.add("Library.status", "there is no status", "Say draft, active or retired.");
    }
    Operator operator = operator(extensions);
    Selection selection = new SelectionReading(library, extensions, problems).read(operator);
    CodedAnswers answers = answers(extensions);
    List<Code> codes = selection == null ? List.of() : selection.codes();
    UnitReading.Read unit = new UnitReading(extensions, units).read(operator, codes, answers);
    Window window = new WindowReading(extensions).read(operator);
    Arguments arguments = new ArgumentsReading(library, extensions).read(operator, unit.value());
    boolean ofReadings = operator != null && operator.isNumeric();
    Range plausible =
        extensions.range(FeatureUrls.PLAUSIBLE_RANGE, ofReadings ? unit.value() : unit.unit());
    extensions.range(FeatureUrls.REFERENCE_RANGE, unit.unit());
    MissingPolicy missing = new MissingReading(extensions).read(operator);
    checkDerived(operator, name, problems);
    UnreadParts.check(library, problems);
    if (!problems.isEmpty() || operator == null) {
      return new Parsed.Refused<>(problems.all());
    }
    return new Parsed.Accepted<>(
        new FeatureDefinition(
            url,
            version,
            name,
            library.hasTitle() ? library.getTitle() : name,
            operator,
            selection,
            window,
            unit.unit(),
            plausible,
            missing,
            answers,
            arguments));
  }

  private static @Nullable Operator operator(Extensions extensions) {
    List<String> known = Arrays.stream(Operator.values()).map(Operator::code).toList();
    if (!extensions.has(FeatureUrls.OPERATOR)) {
      extensions.problem(FeatureUrls.OPERATOR, "there is no operator", "Use one of " + known + ".");
      return null;
    }
    return extensions.choice(FeatureUrls.OPERATOR, Operator::parse, known);
  }

  /** A name that an expression cannot write could never be used. */
  private static void checkDerived(@Nullable Operator operator, String name, Problems problems) {
    if (operator == Operator.DERIVED && !name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
      problems.add(
          "Library.name",
          "'" + name + "' is no name that an expression can hold",
          "Use letters, digits and _, such as shock_index.");
    }
  }

  private static @Nullable CodedAnswers answers(Extensions extensions) {
    String whenTrue = extensions.valueSet(FeatureUrls.TRUE_VALUES);
    String whenFalse = extensions.valueSet(FeatureUrls.FALSE_VALUES);
    if (whenTrue == null && whenFalse != null) {
      extensions.problem(
          FeatureUrls.TRUE_VALUES,
          "there are answers for no, and none for yes",
          "Name the ValueSet of answers that mean yes.");
    }
    List<org.auscult.timeline.Quantity> bounds = bounds(extensions);
    if (whenTrue == null && !bounds.isEmpty()) {
      extensions.problem(
          FeatureUrls.TRUE_ABOVE,
          "there are measured answers, and no coded ones",
          "Name the ValueSet of answers that mean yes.");
    }
    return whenTrue == null ? null : new CodedAnswers(whenTrue, whenFalse, bounds);
  }

  /** Bounds of measured answers: plain numbers, each in another dimension. */
  private static List<org.auscult.timeline.Quantity> bounds(Extensions extensions) {
    List<org.auscult.timeline.Quantity> bounds = new ArrayList<>();
    for (Extension extension : extensions.all(FeatureUrls.TRUE_ABOVE)) {
      if (extension.getValue() instanceof Quantity bound
          && bound.getValue() != null
          && !bound.hasComparator()
          && bound.hasCode()
          && Units.isKnown(bound.getCode())) {
        bounds.add(new org.auscult.timeline.Quantity(bound.getValue(), bound.getCode()));
      } else {
        extensions.problem(
            FeatureUrls.TRUE_ABOVE,
            "it is not a plain number in a UCUM unit",
            "Write it as a Quantity such as 0 'L/min'.");
      }
    }
    for (int i = 1; i < bounds.size(); i++) {
      String unit = bounds.get(i).unit();
      if (bounds.subList(0, i).stream().anyMatch(b -> Units.comparable(b.unit(), unit))) {
        extensions.problem(
            FeatureUrls.TRUE_ABOVE,
            "two bounds measure the same thing, and only one would be read",
            "Keep one.");
      }
    }
    return bounds;
  }
}
