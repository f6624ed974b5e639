package org.auscult.model.fhir;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.auscult.explanation.ShapleyExplainer;
import org.auscult.feature.Lookback;
import org.auscult.feature.Range;
import org.auscult.feature.fhir.Parsed;
import org.auscult.feature.fhir.Problems;
import org.auscult.feature.fhir.Profiles;
import org.auscult.model.Band;
import org.auscult.model.Criterion;
import org.auscult.model.InputSpread;
import org.auscult.model.ModelInput;
import org.auscult.model.ModelOutput;
import org.auscult.model.OutputKind;
import org.auscult.model.PredictionModel;
import org.auscult.model.SensitiveUse;
import org.auscult.timeline.Code;
import org.auscult.unit.Units;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Library;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.RelatedArtifact.RelatedArtifactType;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/** Reads model versions from Libraries, and says everything that is wrong with one. */
public final class PredictionModels {
  /** The parts of a criterion of which it has exactly one. */
  private static final List<String> RULES = List.of("mustBeFalse", "mustBeTrue", "within", "below");

  /** The one part of an output that may stand there more than once. */
  private static final String BAND = "band";

  private static final String POINTS = "{score}";

  private PredictionModels() {}

  /** Whether a Library claims to be a model version. */
  public static boolean isOne(Library library) {
    return Profiles.claims(library, ModelUrls.PREDICTION_MODEL);
  }

  /** The model, or all of its problems. */
  public static Parsed<PredictionModel> read(Library library) {
    return new Reading(library).parsed();
  }

  /** One pass over one Library; collects problems on the way. */
  private static final class Reading {
    private final Library library;
    private final Problems problems = new Problems();

    Reading(Library library) {
      this.library = library;
    }

    Parsed<PredictionModel> parsed() {
      String url = problems.url("Library.url", library.getUrl());
      String version =
          problems.required("Library.version", library.getVersion(), "a version like 1.0.0");
      String name = problems.required("Library.name", library.getName(), "a machine name");
      String title = problems.required("Library.title", library.getTitle(), "a title for people");
      List<String> featureSets =
          library.getRelatedArtifact().stream()
              .filter(a -> a.getType() == RelatedArtifactType.DEPENDSON)
              .map(a -> String.valueOf(a.getResource()))
              .toList();
      if (featureSets.size() != 1 || !Problems.isPinned(featureSets.get(0))) {
        problems.add(
            "Library.relatedArtifact",
            "with depends-on it names " + featureSets,
            "Name one, as url|version.");
      }
      checkOnce();
      OutputKind kind = kind();
      List<ModelInput> inputs = new ArrayList<>();
      for (Extension extension : library.getExtensionsByUrl(ModelUrls.INPUT)) {
        input(extension, inputs.size()).ifPresent(inputs::add);
      }
      List<ModelOutput> outputs = new ArrayList<>();
      for (Extension extension : library.getExtensionsByUrl(ModelUrls.OUTPUT)) {
        output(extension, outputs.size()).ifPresent(outputs::add);
      }
      List<Criterion> criteria = new ArrayList<>();
      for (Extension extension : library.getExtensionsByUrl(ModelUrls.ELIGIBILITY)) {
        criterion(extension, criteria.size()).ifPresent(criteria::add);
      }
      check(inputs, outputs);
      checkKind(kind, outputs);
      InputSpread spread = spread(inputs);
      List<SensitiveUse> register =
          new RegisterReader(library, problems).read(inputs, criteria, outputs);
      String sha256 =
          Problems.text(Problems.first(library.getExtensionsByUrl(ModelUrls.ARTIFACT_SHA256)));
      if (sha256 != null && !sha256.matches("[0-9a-f]{64}")) {
        problems.add(
            extension(ModelUrls.ARTIFACT_SHA256),
            "it is no SHA-256",
            "Give 64 lower-case hexadecimal digits.");
      }
      if (!problems.isEmpty() || kind == null) {
        return new Parsed.Refused<>(problems.all());
      }
      String citation =
          library.getRelatedArtifact().stream()
              .filter(a -> a.getType() == RelatedArtifactType.CITATION && a.hasCitation())
              .map(a -> a.getCitation())
              .findFirst()
              .orElse("");
      return new Parsed.Accepted<>(
          new PredictionModel(
              url,
              version,
              name,
              title,
              featureSets.get(0),
              kind,
              inputs,
              outputs,
              criteria,
              sha256,
              citation,
              spread,
              register));
    }

    /**
     * What is read once is there once; the parts of an input, an output and a criterion all are.
     */
    private void checkOnce() {
      for (String url :
          List.of(
              ModelUrls.OUTPUT_KIND,
              ModelUrls.ARTIFACT_SHA256,
              ModelUrls.INPUT_SPREAD,
              ModelUrls.DEVICE_STATUS)) {
        if (library.getExtensionsByUrl(url).size() > 1) {
          problems.add(extension(url), "it is there more than once", "Keep one.");
        }
      }
      for (String url :
          List.of(
              ModelUrls.INPUT,
              ModelUrls.OUTPUT,
              ModelUrls.ELIGIBILITY,
              ModelUrls.SENSITIVE_USE,
              ModelUrls.DEVICE_STATUS)) {
        List<Extension> found = library.getExtensionsByUrl(url);
        for (int i = 0; i < found.size(); i++) {
          Set<String> parts = new HashSet<>();
          Set<String> doubled = new LinkedHashSet<>();
          for (Extension part : found.get(i).getExtension()) {
            if (!part.getUrl().equals(BAND) && !parts.add(part.getUrl())) {
              doubled.add(part.getUrl());
            }
          }
          String where = extension(url) + "[" + i + "].";
          doubled.forEach(p -> problems.add(where + p, "it is there more than once", "Keep one."));
        }
      }
    }

    private void check(List<ModelInput> inputs, List<ModelOutput> outputs) {
      if (inputs.isEmpty()) {
        problems.add(extension(ModelUrls.INPUT), "there is none", "Name each, in tensor order.");
      }
      if (outputs.isEmpty()) {
        problems.add(extension(ModelUrls.OUTPUT), "there is none", "Name each, in tensor order.");
      }
      Set<String> names = new HashSet<>();
      for (ModelInput input : inputs) {
        if (!names.add(input.name())) {
          problems.add(
              extension(ModelUrls.INPUT), input.name() + " stands there twice", "Rename one.");
        }
      }
      names.clear();
      for (ModelOutput output : outputs) {
        if (!names.add(output.name())) {
          problems.add(
              extension(ModelUrls.OUTPUT), output.name() + " stands there twice", "Rename one.");
        }
      }
      long attributed = inputs.stream().filter(i -> i.reference() != null).count();
      if (attributed > ShapleyExplainer.MOST_INPUTS) {
        problems.add(
            extension(ModelUrls.INPUT),
            attributed + " inputs have a reference value",
            "Exact explanations take at most " + ShapleyExplainer.MOST_INPUTS + ".");
      }
    }

    /**
     * A probability needs its period, and is never in percent; a value stands alone; a score has
     * one total, in bands.
     */
    private void checkKind(@Nullable OutputKind kind, List<ModelOutput> outputs) {
      if (kind == OutputKind.SCORE) {
        checkScore(outputs);
      } else if (outputs.stream().anyMatch(o -> o.part() || !o.bands().isEmpty())) {
        problems.add(
            extension(ModelUrls.OUTPUT),
            "an output has bands or is a part of a total",
            "Only a score has; say so in the kind of output.");
      }
      if (kind == OutputKind.VALUE && outputs.size() > 1) {
        problems.add(
            extension(ModelUrls.OUTPUT),
            "a model of the kind value has " + outputs.size() + " outputs",
            "Keep one; give the others models of their own.");
      }
      for (int i = 0; kind == OutputKind.PROBABILITY && i < outputs.size(); i++) {
        ModelOutput output = outputs.get(i);
        String where = extension(ModelUrls.OUTPUT) + "[" + i + "]";
        boolean misread =
            Problems.value(library.getExtensionsByUrl(ModelUrls.OUTPUT).get(i), "horizon") != null;
        if (output.horizon() == null && !misread) {
          problems.add(
              where + ".horizon",
              "a probability without a horizon says nothing",
              "Give the period in which the outcome may happen, such as 10 a.");
        }
        if (!output.unit().isEmpty() && !output.unit().equals("1")) {
          problems.add(
              where + ".unit",
              "a probability is in '" + output.unit() + "'",
              "The model gives 0 to 1; its unit is 1.");
        }
      }
    }

    private void checkScore(List<ModelOutput> outputs) {
      List<ModelOutput> totals = outputs.stream().filter(o -> !o.part()).toList();
      if (totals.size() != 1 || totals.get(0).bands().isEmpty()) {
        problems.add(
            extension(ModelUrls.OUTPUT),
            "a score has " + totals.size() + " totals, or its total has no bands",
            "Give one output with bands, and mark the others as parts.");
      }
      for (int i = 0; i < outputs.size(); i++) {
        ModelOutput output = outputs.get(i);
        String where = extension(ModelUrls.OUTPUT) + "[" + i + "]";
        if (!output.unit().isEmpty() && !output.unit().equals(POINTS)) {
          problems.add(
              where + ".unit", "points are in '" + output.unit() + "'", "Say " + POINTS + ".");
        }
        if (output.part() && !output.bands().isEmpty()) {
          problems.add(where + ".band", "a part has bands", "Give them to the total.");
        }
      }
    }

    /** Which inputs must be of one set of observations; null if nothing is said. */
    private @Nullable InputSpread spread(List<ModelInput> inputs) {
      Extension extension = Problems.first(library.getExtensionsByUrl(ModelUrls.INPUT_SPREAD));
      if (extension == null) {
        return null;
      }
      String where = extension(ModelUrls.INPUT_SPREAD);
      Set<String> names = new LinkedHashSet<>();
      for (Extension input : extension.getExtensionsByUrl("input")) {
        String name = String.valueOf(Problems.text(input));
        names.add(name);
        if (inputs.stream().noneMatch(i -> i.name().equals(name))) {
          problems.add(where + ".input", "the model has no input " + name, "Name one that it has.");
        }
      }
      if (names.size() < 2) {
        problems.add(where + ".input", "it names fewer than two inputs", "Name those of the set.");
      }
      Optional<Lookback> within = duration(Problems.value(extension, "within"));
      if (within.isEmpty()) {
        problems.add(
            where + ".within",
            "it is no whole number of min, h, d, wk, mo or a",
            "Give a Duration such as 1 h.");
        return null;
      }
      return new InputSpread(within.get(), names);
    }

    private @Nullable OutputKind kind() {
      String code =
          Problems.text(Problems.first(library.getExtensionsByUrl(ModelUrls.OUTPUT_KIND)));
      if ("probability".equals(code)) {
        return OutputKind.PROBABILITY;
      }
      if ("value".equals(code)) {
        return OutputKind.VALUE;
      }
      if ("score".equals(code)) {
        return OutputKind.SCORE;
      }
      problems.add(
          extension(ModelUrls.OUTPUT_KIND),
          code == null ? "it is missing" : "'" + code + "' is no kind of output",
          "Say probability, value or score.");
      return null;
    }

    private Optional<ModelInput> input(Extension extension, int index) {
      String where = extension(ModelUrls.INPUT) + "[" + index + "]";
      String name =
          problems.required(where + ".name", Problems.part(extension, "name"), "the column's name");
      String title =
          problems.required(
              where + ".title", Problems.part(extension, "title"), "a title for people");
      String feature =
          problems.required(
              where + ".feature", Problems.part(extension, "feature"), "a feature of the set");
      String unit = unit(where, Problems.part(extension, "unit"));
      String fallback = Problems.part(extension, "fallback");
      if (fallback != null && !Problems.isPinned(fallback)) {
        problems.add(where + ".fallback", "it has no version", "Name the model as url|version.");
      }
      return Optional.of(
          new ModelInput(
              name,
              title,
              unit,
              feature,
              range(extension, "valid", where, Units.isKnown(unit) ? unit : null),
              fallback,
              reference(extension, where)));
    }

    private @Nullable Double reference(Extension extension, String where) {
      Type reference = Problems.value(extension, "reference");
      if (reference instanceof DecimalType decimal && decimal.hasValue()) {
        return decimal.getValue().doubleValue();
      }
      if (reference != null) {
        problems.add(where + ".reference", "it is no decimal", "Give it as valueDecimal.");
      }
      return null;
    }

    private Optional<ModelOutput> output(Extension extension, int index) {
      String where = extension(ModelUrls.OUTPUT) + "[" + index + "]";
      String name =
          problems.required(where + ".name", Problems.part(extension, "name"), "the output's name");
      String title =
          problems.required(
              where + ".title", Problems.part(extension, "title"), "a title for people");
      String unit = unit(where, Problems.part(extension, "unit"));
      Code code = null;
      if (Problems.value(extension, "code") instanceof Coding coding && coding.hasCode()) {
        code = new Code(String.valueOf(coding.getSystem()), coding.getCode());
      }
      List<Band> bands = new ArrayList<>();
      for (Extension band : extension.getExtensionsByUrl(BAND)) {
        band(band, where + ".band[" + bands.size() + "]").ifPresent(bands::add);
      }
      boolean isPart = "true".equals(Problems.part(extension, "part"));
      return Optional.of(
          new ModelOutput(
              name,
              title,
              unit,
              horizon(extension, where),
              code,
              isPart,
              bands,
              outcome(extension, where, isPart)));
    }

    private @Nullable String outcome(Extension extension, String where, boolean isPart) {
      String outcome = Problems.part(extension, "outcome");
      if (outcome != null && !Problems.isPinned(outcome)) {
        problems.add(
            where + ".outcome", "it has no version", "Name the definition as url|version.");
      }
      if (outcome != null && isPart) {
        problems.add(
            where + ".outcome", "a part of a total predicts nothing", "Give it to the total.");
      }
      return outcome;
    }

    private Optional<Band> band(Extension extension, String where) {
      String code =
          problems.required(where + ".code", Problems.part(extension, "code"), "a machine name");
      String title =
          problems.required(
              where + ".title", Problems.part(extension, "title"), "words for people");
      Range range = range(extension, "range", where, POINTS);
      if (range == null) {
        if (Problems.value(extension, "range") == null) {
          problems.add(where + ".range", "it is missing", "Give the points, ends included.");
        }
        return Optional.empty();
      }
      BigDecimal anyPart =
          Problems.value(extension, "anyPart") instanceof DecimalType least
              ? least.getValue()
              : null;
      return Optional.of(new Band(code, title, range, anyPart));
    }

    private @Nullable Lookback horizon(Extension extension, String where) {
      Type horizon = Problems.value(extension, "horizon");
      if (horizon == null) {
        return null;
      }
      Optional<Lookback> given = duration(horizon);
      if (given.isEmpty()) {
        problems.add(
            where + ".horizon",
            "it is no whole number of min, h, d, wk, mo or a",
            "Give a Duration such as 10 a.");
      }
      return given.orElse(null);
    }

    private static Optional<Lookback> duration(@Nullable Type given) {
      return given instanceof Quantity quantity
              && quantity.getValue() != null
              && quantity.getValue().signum() > 0
              && quantity.getValue().stripTrailingZeros().scale() <= 0
          ? Lookback.Unit.parse(String.valueOf(quantity.getCode()))
              .map(unit -> new Lookback(quantity.getValue().longValue(), unit))
          : Optional.empty();
    }

    private Optional<Criterion> criterion(Extension extension, int index) {
      String where = extension(ModelUrls.ELIGIBILITY) + "[" + index + "]";
      String feature =
          problems.required(
              where + ".feature", Problems.part(extension, "feature"), "a feature of the set");
      String code =
          problems.required(where + ".code", Problems.part(extension, "code"), "a reason code");
      String text =
          problems.required(
              where + ".text", Problems.part(extension, "text"), "a reason for people");
      long rules = RULES.stream().filter(rule -> Problems.value(extension, rule) != null).count();
      if (rules > 1) {
        problems.add(where, "it has " + rules + " rules", "Make a criterion of each.");
        return Optional.empty();
      }
      return rule(extension, where).map(rule -> new Criterion(feature, rule, code, text));
    }

    /** The one rule of a criterion; a problem is noted if it cannot be read. */
    private Optional<Criterion.Rule> rule(Extension extension, String where) {
      if (Problems.value(extension, "within") instanceof org.hl7.fhir.r4.model.Range ends) {
        String unit = ends.getLow().hasCode() ? ends.getLow().getCode() : ends.getHigh().getCode();
        Range within = range(extension, "within", where, unit);
        return Optional.ofNullable(within).map(r -> new Criterion.Rule.Within(r, unit));
      }
      if (Problems.value(extension, "below") instanceof Quantity bound
          && bound.getValue() != null
          && bound.hasCode()) {
        return Optional.of(new Criterion.Rule.Below(bound.getValue(), bound.getCode()));
      }
      if ("true".equals(Problems.part(extension, "mustBeFalse"))) {
        return Optional.of(new Criterion.Rule.MustBeFalse());
      }
      if ("true".equals(Problems.part(extension, "mustBeTrue"))) {
        return Optional.of(new Criterion.Rule.MustBeTrue());
      }
      problems.add(
          where,
          "it has no rule",
          "Give mustBeFalse or mustBeTrue = true, within with a range, or below with a Quantity.");
      return Optional.empty();
    }

    private String unit(String where, @Nullable String unit) {
      String given = problems.required(where + ".unit", unit, "a UCUM unit; 1 for truth");
      if (!given.isEmpty() && !Units.isKnown(given)) {
        problems.add(where + ".unit", "'" + given + "' is not a UCUM unit", "Write it in UCUM.");
      }
      return given;
    }

    /** A part that is a Range, in a unit if its ends state theirs. */
    private @Nullable Range range(
        Extension extension, String part, String where, @Nullable String unit) {
      Type value = Problems.value(extension, part);
      if (value == null) {
        return null;
      }
      if (!(value instanceof org.hl7.fhir.r4.model.Range range)) {
        problems.add(where + "." + part, "it is no Range", "Give it as valueRange.");
        return null;
      }
      BigDecimal low = range.hasLow() ? range.getLow().getValue() : null;
      BigDecimal high = range.hasHigh() ? range.getHigh().getValue() : null;
      if (low == null && high == null) {
        problems.add(
            where + "." + part, "it has neither a low nor a high end", "Give one or both.");
        return null;
      }
      for (Quantity end : List.of(range.getLow(), range.getHigh())) {
        if (end.hasCode() && unit != null && !end.getCode().equals(unit)) {
          problems.add(
              where + "." + part,
              "an end is in " + end.getCode() + " where " + unit + " is due",
              "Give both ends in the same unit.");
          return null;
        }
      }
      if (low != null && high != null && low.compareTo(high) > 0) {
        problems.add(where + "." + part, "low lies above high", "Exchange them.");
        return null;
      }
      return new Range(low, high);
    }

    private static String extension(String url) {
      return "Library.extension('" + url + "')";
    }
  }
}
