package org.auscult.feature.fhir;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.auscult.feature.Filter;
import org.auscult.feature.Operator;
import org.auscult.feature.PatientElement;
import org.auscult.feature.Selection;
import org.auscult.timeline.Code;
import org.auscult.timeline.ReferenceFlag;
import org.auscult.timeline.ResourceKind;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.DataRequirement;
import org.hl7.fhir.r4.model.Library;
import org.jspecify.annotations.Nullable;

/** Reads which facts a feature is made of. */
final class SelectionReading {
  private static final String WHERE = "Library.dataRequirement";

  private final Library library;
  private final Extensions extensions;
  private final Problems problems;

  SelectionReading(Library library, Extensions extensions, Problems problems) {
    this.library = library;
    this.extensions = extensions;
    this.problems = problems;
  }

  /** Null for an operator that reads no codes, and where there are problems. */
  @Nullable Selection read(@Nullable Operator operator) {
    List<DataRequirement> requirements = library.getDataRequirement();
    if (requirements.size() > 1) {
      problems.add(WHERE, "there is more than one", "One feature reads one type.");
    }
    DataRequirement requirement = requirements.isEmpty() ? null : requirements.get(0);
    ResourceKind kind = requirement == null ? null : kind(requirement);
    List<Code> codes = new ArrayList<>();
    String valueSet = requirement == null ? null : codes(requirement, codes);
    Set<String> statuses = extensions.texts(FeatureUrls.STATUS);
    Filter filter = filter();
    boolean withModels = extensions.truth(FeatureUrls.WITH_MODELS);
    if (operator == null) {
      return null;
    }
    if (!operator.readsCodes()) {
      if (requirement != null) {
        problems.add(
            WHERE,
            operator.code()
                + (operator == Operator.DERIVED
                    ? " reads other features, no codes"
                    : " reads the Patient's own elements, no codes"),
            "Remove it.");
      }
      return null;
    }
    if (requirement == null) {
      problems.add(
          WHERE, "it is missing", "Name the resource type and the codes that the feature reads.");
      return null;
    }
    if (codes.isEmpty() && valueSet == null) {
      problems.add(
          WHERE + ".codeFilter",
          "it names no codes",
          "Give codes, or a ValueSet with its version.");
      return null;
    }
    if (kind == null) {
      return null;
    }
    fit(operator, kind, filter);
    if (operator == Operator.DEMOGRAPHIC) {
      checkElement(requirement);
    }
    if (operator == Operator.DEMOGRAPHIC && !(filter.equals(Filter.ALL) && statuses.isEmpty())) {
      problems.add(
          "Library.extension",
          "demographic leaves out nothing by filter or status",
          "Remove the filter.");
    }
    return new Selection(kind, codes, valueSet, statuses, filter, withModels);
  }

  private void fit(Operator operator, ResourceKind kind, Filter filter) {
    if (operator == Operator.DEMOGRAPHIC && kind != ResourceKind.PATIENT) {
      problems.add(
          WHERE + ".type",
          "demographic reads an element of the Patient, not " + kind.fhirType(),
          "Read Patient.");
    }
    if (operator == Operator.FLAGGED && kind != ResourceKind.OBSERVATION) {
      problems.add(
          WHERE + ".type",
          kind.fhirType() + " is measured against nothing that is usual",
          "Read Observation.");
    }
    if (operator == Operator.FLAGGED && filter.flags().isEmpty()) {
      extensions.problem(FeatureUrls.FLAG, "flagged needs it", "Say which flags it asks for.");
    }
    if (operator.isNumeric() && kind != ResourceKind.OBSERVATION) {
      problems.add(
          WHERE + ".type",
          kind.fhirType() + " has no value, of which " + operator.code() + " could be taken",
          "Read Observation, or use exists, count or time-since.");
    }
    boolean isOrder = kind == ResourceKind.MEDICATION_REQUEST && operator == Operator.ACTIVE;
    if (operator.readsStates() && !kind.isState() && !isOrder) {
      problems.add(
          WHERE + ".type",
          kind.fhirType() + " is no state that holds for a time",
          "Read Condition, Encounter, AllergyIntolerance or MedicationStatement.");
    }
  }

  private void checkElement(DataRequirement requirement) {
    boolean isOne =
        requirement.getCodeFilter().stream().map(f -> f.getPath()).distinct().count() == 1;
    if (!isOne
        || PatientElement.parse(String.valueOf(requirement.getCodeFilter().get(0).getPath()))
            .isEmpty()) {
      problems.add(
          WHERE + ".codeFilter.path",
          "it is not one element of the Patient that is known",
          "Use one of "
              + Arrays.stream(PatientElement.values()).map(PatientElement::path).toList()
              + ".");
    }
  }

  private Filter filter() {
    return new Filter(
        extensions.texts(FeatureUrls.CATEGORY),
        extensions.texts(FeatureUrls.INTERPRETATION),
        extensions.codings(FeatureUrls.ENCOUNTER_CLASS),
        List.copyOf(extensions.texts(FeatureUrls.DISPLAY)),
        flags(),
        extensions.codings(FeatureUrls.LOCATION),
        new Filter.How(
            extensions.codings(FeatureUrls.PERFORMER),
            extensions.codings(FeatureUrls.BODY_SITE),
            extensions.codings(FeatureUrls.METHOD),
            extensions.codings(FeatureUrls.DEVICE)),
        context());
  }

  /** A context with the rule that infers it; null if there is none. */
  private Filter.@Nullable InContext context() {
    if (extensions.has(FeatureUrls.CONTEXT) != extensions.has(FeatureUrls.CONTEXT_RULE)) {
      extensions.problem(
          FeatureUrls.CONTEXT,
          "a context and its rule go together",
          "Give feature-context and feature-context-rule, or neither.");
    }
    Set<Code> codes = extensions.codings(FeatureUrls.CONTEXT);
    if (codes.size() > 1) {
      extensions.problem(FeatureUrls.CONTEXT, "it is there more than once", "Keep one.");
    }
    String rule = rule();
    return codes.isEmpty() || rule == null
        ? null
        : new Filter.InContext(codes.iterator().next(), rule);
  }

  private @Nullable String rule() {
    if (!extensions.has(FeatureUrls.CONTEXT_RULE)) {
      return null;
    }
    if (extensions.value(FeatureUrls.CONTEXT_RULE) instanceof CanonicalType canonical
        && canonical.getValue() != null
        && Problems.isPinned(canonical.getValue())) {
      return canonical.getValue();
    }
    extensions.problem(
        FeatureUrls.CONTEXT_RULE,
        "it is no canonical with a version",
        "Name the rule as url|version, so that its change is a change of the feature.");
    return null;
  }

  private Set<ReferenceFlag> flags() {
    Set<ReferenceFlag> flags = EnumSet.noneOf(ReferenceFlag.class);
    for (String code : extensions.texts(FeatureUrls.FLAG)) {
      ReferenceFlag.parse(code)
          .ifPresentOrElse(
              flags::add,
              () ->
                  extensions.problem(
                      FeatureUrls.FLAG,
                      "'" + code + "' is not known",
                      "Use one of "
                          + Arrays.stream(ReferenceFlag.values()).map(ReferenceFlag::code).toList()
                          + "."));
    }
    return flags;
  }

  private @Nullable ResourceKind kind(DataRequirement requirement) {
    String type = requirement.getType();
    Optional<ResourceKind> kind =
        Arrays.stream(ResourceKind.values()).filter(k -> k.fhirType().equals(type)).findFirst();
    if (kind.isEmpty()) {
      problems.add(
          WHERE + ".type",
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
            WHERE + ".codeFilter.code", "a code lacks its system or its code", "Give both.");
      }
      if (filter.hasValueSet()) {
        if (valueSet != null) {
          problems.add(
              WHERE + ".codeFilter.valueSet",
              "there is more than one, and only one would be read",
              "Name one ValueSet that includes them all.");
        }
        valueSet = extensions.pinned(WHERE + ".codeFilter.valueSet", filter.getValueSet());
      }
    }
    return valueSet;
  }
}
