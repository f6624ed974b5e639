package org.auscult.feature.fhir;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.auscult.feature.CodedAnswers;
import org.auscult.feature.FeatureDefinition;
import org.auscult.feature.Lookback;
import org.auscult.feature.MissingPolicy;
import org.auscult.feature.Operator;
import org.auscult.feature.Range;
import org.auscult.timeline.Code;
import org.auscult.timeline.ResourceKind;
import org.auscult.unit.CodeUnits;
import org.auscult.unit.Units;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.DataRequirement;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Library;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/** Reads feature definitions from Libraries, and says everything that is wrong with one. */
public final class FeatureDefinitions {
  /** More than any record holds in minutes; keeps calendar arithmetic within its bounds. */
  private static final BigDecimal LONGEST_WINDOW = new BigDecimal("100000000");

  private final CodeUnits units;

  public FeatureDefinitions(CodeUnits units) {
    this.units = units;
  }

  /** Whether a Library claims to be a feature definition. */
  public static boolean isOne(Library library) {
    return library.getMeta().hasProfile(FeatureUrls.FEATURE_DEFINITION);
  }

  /** The definition, or all of its problems. */
  public Parsed<FeatureDefinition> read(Library library) {
    return new Reading(
            library instanceof FeatureDefinitionLibrary typed ? typed.toPlain() : library)
        .parsed();
  }

  /** One pass over one Library; collects problems on the way. */
  private final class Reading {
    private final Library library;
    private final Problems problems = new Problems();

    Reading(Library library) {
      this.library = library;
    }

    Parsed<FeatureDefinition> parsed() {
      String url = problems.url("Library.url", library.getUrl());
      String version =
          problems.required("Library.version", library.getVersion(), "a version such as 1.0.0");
      String name =
          problems.required("Library.name", library.getName(), "a name such as systolic_bp");
      String title = library.hasTitle() ? library.getTitle() : name;
      if (!library.hasStatus()) {
        problems.add("Library.status", "there is no status", "Say draft, active or retired.");
      }
      Operator operator = operator();
      List<DataRequirement> requirements = library.getDataRequirement();
      if (requirements.size() > 1) {
        problems.add(
            "Library.dataRequirement", "there is more than one", "One feature reads one type.");
      }
      DataRequirement requirement = requirements.isEmpty() ? null : requirements.get(0);
      ResourceKind kind = requirement == null ? null : kind(requirement);
      List<Code> codes = new ArrayList<>();
      String valueSet = requirement == null ? null : codes(requirement, codes);
      CodedAnswers answers = answers();
      String unit = unit(operator, codes, answers);
      if (operator != null && operator.readsCodes()) {
        if (requirement == null) {
          problems.add(
              "Library.dataRequirement",
              "it is missing",
              "Name the resource type and the codes that the feature reads.");
        } else if (codes.isEmpty() && valueSet == null) {
          problems.add(
              "Library.dataRequirement.codeFilter",
              "it names no codes",
              "Give codes, or a ValueSet with its version.");
        }
      }
      if (operator != null && !operator.readsCodes() && requirement != null) {
        problems.add(
            "Library.dataRequirement",
            operator.code() + " reads the Patient's own elements, no codes",
            "Remove it.");
      }
      if (operator != null
          && operator.isNumeric()
          && kind != null
          && kind != ResourceKind.OBSERVATION) {
        problems.add(
            "Library.dataRequirement.type",
            kind.fhirType() + " has no value, of which " + operator.code() + " could be taken",
            "Read Observation, or use exists, count or time-since.");
      }
      Lookback lookback = lookback();
      Range plausible = plausible(unit);
      MissingPolicy missing = missing(operator);
      Set<String> statuses = statuses();
      String anchor = text(FeatureUrls.ANCHOR);
      if (anchor != null && operator != null && operator != Operator.AGE) {
        problems.add(
            extension(FeatureUrls.ANCHOR),
            "only age can be anchored",
            "Remove the anchor, or use the operator age.");
      }
      if (!problems.isEmpty() || operator == null) {
        return new Parsed.Refused<>(problems.all());
      }
      return new Parsed.Accepted<>(
          new FeatureDefinition(
              url,
              version,
              name,
              title,
              operator,
              operator.readsCodes() ? kind : null,
              codes,
              valueSet,
              lookback,
              unit,
              plausible,
              missing,
              statuses,
              answers,
              anchor));
    }

    private @Nullable Operator operator() {
      String code = text(FeatureUrls.OPERATOR);
      Optional<Operator> operator = code == null ? Optional.empty() : Operator.parse(code);
      if (operator.isEmpty()) {
        problems.add(
            extension(FeatureUrls.OPERATOR),
            code == null ? "there is no operator" : "'" + code + "' is no operator",
            "Use one of " + Arrays.stream(Operator.values()).map(Operator::code).toList() + ".");
      }
      return operator.orElse(null);
    }

    private @Nullable ResourceKind kind(DataRequirement requirement) {
      String type = requirement.getType();
      Optional<ResourceKind> kind =
          Arrays.stream(ResourceKind.values()).filter(k -> k.fhirType().equals(type)).findFirst();
      if (kind.isEmpty()) {
        problems.add(
            "Library.dataRequirement.type",
            "'" + type + "' is not a type that features read",
            "Use one of "
                + Arrays.stream(ResourceKind.values()).map(ResourceKind::fhirType).toList()
                + ".");
      }
      return kind.orElse(null);
    }

    /** Adds explicit codes to the list; returns the ValueSet if one is named. */
    private @Nullable String codes(DataRequirement requirement, List<Code> codes) {
      String valueSet = null;
      for (var filter : requirement.getCodeFilter()) {
        filter.getCode().stream()
            .filter(c -> c.hasSystem() && c.hasCode())
            .map(c -> new Code(c.getSystem(), c.getCode()))
            .forEach(codes::add);
        if (filter.getCode().stream().anyMatch(c -> !c.hasSystem() || !c.hasCode())) {
          problems.add(
              "Library.dataRequirement.codeFilter.code",
              "a code lacks its system or its code",
              "Give both.");
        }
        if (filter.hasValueSet()) {
          if (valueSet != null) {
            problems.add(
                "Library.dataRequirement.codeFilter.valueSet",
                "there is more than one, and only one would be read",
                "Name one ValueSet that includes them all.");
          }
          valueSet = pinned("Library.dataRequirement.codeFilter.valueSet", filter.getValueSet());
        }
      }
      return valueSet;
    }

    private String pinned(String where, String canonical) {
      if (!canonical.matches("[^|]+\\|[^|]+")) {
        problems.add(
            where,
            "ValueSet " + canonical + " is not pinned to a version",
            "Write url|version, so that a change of the ValueSet is a change of the feature.");
      }
      return canonical;
    }

    private String unit(
        @Nullable Operator operator, List<Code> codes, @Nullable CodedAnswers answers) {
      String unit = text(FeatureUrls.UNIT);
      if (unit == null) {
        problems.add(
            extension(FeatureUrls.UNIT),
            "there is no unit",
            "Give the UCUM unit of the value; 1 for counts and truth.");
        return "1";
      }
      if (!Units.isKnown(unit)) {
        problems.add(
            extension(FeatureUrls.UNIT),
            "'" + unit + "' is not a UCUM unit",
            "Write it in UCUM, such as mm[Hg] or mL/min/{1.73_m2}.");
        return unit;
      }
      String expected = expectedUnit(operator, answers);
      if (expected != null && !expected.equals(unit)) {
        problems.add(
            extension(FeatureUrls.UNIT),
            "its unit is '" + unit + "'",
            "The unit of this operator is " + expected + ".");
      }
      if (operator == Operator.TIME_SINCE && !Units.comparable("s", unit)) {
        problems.add(
            extension(FeatureUrls.UNIT), "'" + unit + "' is no unit of time", "Use d, h or min.");
      }
      if (operator != null && operator.isNumeric() && answers == null) {
        units
            .preferredUnit(codes)
            .filter(
                p ->
                    units
                        .convert(codes, new org.auscult.timeline.Quantity(BigDecimal.ONE, p), unit)
                        .isEmpty())
            .ifPresent(
                p ->
                    problems.add(
                        extension(FeatureUrls.UNIT),
                        "these codes are measured in " + p + ", which cannot become " + unit,
                        "Use a unit that measures the same."));
      }
      return unit;
    }

    private @Nullable String expectedUnit(
        @Nullable Operator operator, @Nullable CodedAnswers answers) {
      if (answers != null) {
        return "1";
      }
      if (operator == null) {
        return null;
      }
      return switch (operator) {
        case COUNT, EXISTS, SEX -> "1";
        case AGE -> "a";
        case LATEST, FIRST, MIN, MAX, MEAN, TIME_SINCE -> null;
      };
    }

    private @Nullable Lookback lookback() {
      Type value = value(FeatureUrls.LOOKBACK);
      if (value == null) {
        return null;
      }
      if (value instanceof Quantity window
          && window.getValue() != null
          && window.getCode() != null
          && Lookback.Unit.parse(window.getCode()).isPresent()
          && window.getValue().signum() > 0
          && window.getValue().stripTrailingZeros().scale() <= 0
          && window.getValue().compareTo(LONGEST_WINDOW) <= 0) {
        return new Lookback(
            window.getValue().longValueExact(),
            Lookback.Unit.parse(window.getCode()).orElseThrow());
      }
      problems.add(
          extension(FeatureUrls.LOOKBACK),
          "the window is not a whole positive number of min, h, d, wk, mo or a",
          "Write it as a Duration with a UCUM code, such as 5 'a'.");
      return null;
    }

    private @Nullable Range plausible(String unit) {
      Type value = value(FeatureUrls.PLAUSIBLE_RANGE);
      if (value == null) {
        return null;
      }
      if (!(value instanceof org.hl7.fhir.r4.model.Range range)
          || (!range.getLow().hasValue() && !range.getHigh().hasValue())) {
        problems.add(
            extension(FeatureUrls.PLAUSIBLE_RANGE),
            "it is not a Range with a low or a high end",
            "Give valueRange with one or both.");
        return null;
      }
      for (Quantity end : List.of(range.getLow(), range.getHigh())) {
        if (end.hasCode() && !end.getCode().equals(unit)) {
          problems.add(
              extension(FeatureUrls.PLAUSIBLE_RANGE),
              "it is in " + end.getCode() + ", the feature in " + unit,
              "Give both in the same unit.");
        }
      }
      BigDecimal low = range.getLow().getValue();
      BigDecimal high = range.getHigh().getValue();
      if (low != null && high != null && low.compareTo(high) > 0) {
        problems.add(
            extension(FeatureUrls.PLAUSIBLE_RANGE),
            "its low end lies above its high end",
            "Exchange them.");
        return null;
      }
      return new Range(low, high);
    }

    private MissingPolicy missing(@Nullable Operator operator) {
      Type value = value(FeatureUrls.MISSING_DEFAULT);
      if (value == null) {
        return new MissingPolicy.Report();
      }
      if (operator != null && !operator.readsCodes()) {
        problems.add(
            extension(FeatureUrls.MISSING_DEFAULT),
            operator.code() + " says who the patient is, so no default may stand in for it",
            "Remove the default; the model then says that it is missing.");
        return new MissingPolicy.Report();
      }
      if (value instanceof Quantity fallback
          && fallback.getValue() != null
          && fallback.getUnit() != null
          && !fallback.getUnit().isBlank()) {
        return new MissingPolicy.Default(fallback.getValue(), fallback.getUnit());
      }
      problems.add(
          extension(FeatureUrls.MISSING_DEFAULT),
          "the default lacks its value or its provenance",
          "Give a Quantity with the value, and its provenance as the unit text.");
      return new MissingPolicy.Report();
    }

    private Set<String> statuses() {
      Set<String> statuses = new LinkedHashSet<>();
      for (Extension extension : library.getExtensionsByUrl(FeatureUrls.STATUS)) {
        String status = extension.hasValue() ? extension.getValue().primitiveValue() : null;
        if (status == null || status.isBlank()) {
          problems.add(extension(FeatureUrls.STATUS), "it is empty", "Give a status code.");
        } else {
          statuses.add(status);
        }
      }
      return statuses;
    }

    private @Nullable CodedAnswers answers() {
      String whenTrue = canonical(FeatureUrls.TRUE_VALUES);
      String whenFalse = canonical(FeatureUrls.FALSE_VALUES);
      if (whenTrue == null && whenFalse != null) {
        problems.add(
            extension(FeatureUrls.TRUE_VALUES),
            "there are answers for no, and none for yes",
            "Name the ValueSet of answers that mean yes.");
      }
      List<org.auscult.timeline.Quantity> bounds = bounds();
      if (whenTrue == null && !bounds.isEmpty()) {
        problems.add(
            extension(FeatureUrls.TRUE_ABOVE),
            "there are measured answers, and no coded ones",
            "Name the ValueSet of answers that mean yes.");
      }
      return whenTrue == null ? null : new CodedAnswers(whenTrue, whenFalse, bounds);
    }

    /** Bounds of measured answers: plain numbers, each in another dimension. */
    private List<org.auscult.timeline.Quantity> bounds() {
      List<org.auscult.timeline.Quantity> bounds = new ArrayList<>();
      for (Extension extension : library.getExtensionsByUrl(FeatureUrls.TRUE_ABOVE)) {
        if (extension.getValue() instanceof Quantity bound
            && bound.getValue() != null
            && !bound.hasComparator()
            && bound.hasCode()
            && Units.isKnown(bound.getCode())) {
          bounds.add(new org.auscult.timeline.Quantity(bound.getValue(), bound.getCode()));
        } else {
          problems.add(
              extension(FeatureUrls.TRUE_ABOVE),
              "it is not a plain number in a UCUM unit",
              "Write it as a Quantity such as 0 'L/min'.");
        }
      }
      for (int i = 1; i < bounds.size(); i++) {
        for (org.auscult.timeline.Quantity other : bounds.subList(0, i)) {
          if (Units.comparable(other.unit(), bounds.get(i).unit())) {
            problems.add(
                extension(FeatureUrls.TRUE_ABOVE),
                "two bounds measure the same thing, and only one would be read",
                "Keep one.");
          }
        }
      }
      return bounds;
    }

    private @Nullable String canonical(String url) {
      Type value = value(url);
      if (value == null) {
        return null;
      }
      if (value instanceof CanonicalType canonical && canonical.getValue() != null) {
        return pinned(extension(url), canonical.getValue());
      }
      problems.add(extension(url), "it is not a canonical", "Name a ValueSet as url|version.");
      return null;
    }

    private @Nullable String text(String url) {
      Type value = value(url);
      return value == null ? null : value.primitiveValue();
    }

    private @Nullable Type value(String url) {
      List<Extension> found = library.getExtensionsByUrl(url);
      if (found.size() > 1) {
        problems.add(extension(url), "it is there more than once", "Keep one.");
      }
      return found.isEmpty() ? null : found.get(0).getValue();
    }

    private static String extension(String url) {
      return "Library.extension('" + url + "')";
    }
  }
}
