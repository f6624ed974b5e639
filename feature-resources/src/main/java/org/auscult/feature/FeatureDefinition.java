package org.auscult.feature;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.auscult.timeline.Code;
import org.auscult.timeline.ResourceKind;
import org.jspecify.annotations.Nullable;

/**
 * What one feature is: which facts, over which window, made into which number of which unit.
 *
 * @param url canonical without version
 * @param version SemVer
 * @param name machine name, the feature's key in a vector
 * @param title for people: {@code systolic blood pressure}
 * @param selection which facts are read; null for age, sex and derived features
 * @param window over which stretch of time
 * @param unit UCUM unit of the value; {@code 1} for counts and truth
 * @param plausible facts that read outside are left out, in the value unit; for other operators
 *     than numeric ones the result is missing outside, in its own unit; null for no limit
 * @param answers how coded answers become a truth; null for numbers
 */
public record FeatureDefinition(
    String url,
    String version,
    String name,
    String title,
    Operator operator,
    @Nullable Selection selection,
    Window window,
    String unit,
    @Nullable Range plausible,
    MissingPolicy missing,
    @Nullable CodedAnswers answers,
    Arguments arguments) {
  public FeatureDefinition {
    Objects.requireNonNull(url);
    Objects.requireNonNull(version);
    Objects.requireNonNull(name);
    Objects.requireNonNull(title);
    Objects.requireNonNull(operator);
    Objects.requireNonNull(window);
    Objects.requireNonNull(unit);
    Objects.requireNonNull(missing);
    Objects.requireNonNull(arguments);
    if (operator.readsCodes() != (selection != null)) {
      throw new IllegalArgumentException(
          operator.code() + (selection == null ? " needs a selection" : " reads no codes"));
    }
    if (operator.isOfPerson() && missing.fillsIn()) {
      throw new IllegalArgumentException(operator.code() + " takes no default");
    }
    List<String> misfits = arguments.misfits(operator);
    if (!misfits.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", misfits));
    }
  }

  /** A definition that reads facts of a window, and says what is missing. */
  public static FeatureDefinition of(
      String url, String name, Operator operator, @Nullable Selection selection, String unit) {
    return new FeatureDefinition(
        url,
        "1.0.0",
        name,
        name,
        operator,
        selection,
        Window.WHOLE_RECORD,
        unit,
        null,
        new MissingPolicy.Report(),
        null,
        Arguments.NONE);
  }

  /** {@code url|version}. */
  public String canonical() {
    return url + "|" + version;
  }

  /** The type of resource read; null for age, sex and derived features. */
  public @Nullable ResourceKind kind() {
    return selection == null ? null : selection.kind();
  }

  /** The explicit codes. */
  public List<Code> codes() {
    return selection == null ? List.of() : selection.codes();
  }

  /** Canonical with version of the ValueSet that names further codes; null if none. */
  public @Nullable String valueSet() {
    return selection == null ? null : selection.valueSet();
  }

  /** Whether what it reads stands partly in ValueSets. */
  public boolean namesValueSets() {
    return valueSet() != null || answers != null;
  }

  /** The unit in which facts are read. */
  public String valueUnit() {
    return Objects.requireNonNullElse(arguments.valueUnit(), unit);
  }

  /** The names of the features without whose values this one has none. */
  public Set<String> dependencies() {
    Set<String> names = new LinkedHashSet<>();
    if (arguments.anchor() != null) {
      names.add(arguments.anchor());
    }
    if (window.start() instanceof Window.SinceFeature since) {
      names.add(since.name());
    }
    Derivation derivation = arguments.derivation();
    if (derivation != null) {
      names.addAll(derivation.expression().features());
    }
    return names;
  }

  public FeatureDefinition withWindow(Window newWindow) {
    return new FeatureDefinition(
        url, version, name, title, operator, selection, newWindow, unit, plausible, missing,
        answers, arguments);
  }

  /** The same with each set of codes changed that its window and its filter ask for. */
  FeatureDefinition withCodesOfFilters(UnaryOperator<Set<Code>> change) {
    Window newWindow =
        window.start() instanceof Window.EncounterStart start
            ? window.withStart(new Window.EncounterStart(change.apply(start.classes())))
            : window;
    Selection newSelection =
        selection == null || selection.filter().codes().isEmpty()
            ? selection
            : selection.withFilter(selection.filter().withCodes(change));
    return new FeatureDefinition(
        url,
        version,
        name,
        title,
        operator,
        newSelection,
        newWindow,
        unit,
        plausible,
        missing,
        answers,
        arguments);
  }

  public FeatureDefinition withPlausible(@Nullable Range newPlausible) {
    return new FeatureDefinition(
        url,
        version,
        name,
        title,
        operator,
        selection,
        window,
        unit,
        newPlausible,
        missing,
        answers,
        arguments);
  }

  public FeatureDefinition withMissing(MissingPolicy newMissing) {
    return new FeatureDefinition(
        url,
        version,
        name,
        title,
        operator,
        selection,
        window,
        unit,
        plausible,
        newMissing,
        answers,
        arguments);
  }
}
