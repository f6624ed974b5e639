package org.auscult.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.auscult.deidentification.ProtectedCodes;
import org.auscult.feature.Operator;
import org.auscult.feature.PatientElement;
import org.auscult.feature.ResolvedContextRule;
import org.auscult.feature.ResolvedFeature;
import org.auscult.feature.ResolvedFeatureSet;
import org.auscult.feature.Selection;
import org.auscult.model.SensitiveUse.Part;
import org.auscult.timeline.Code;
import org.auscult.timeline.CodeFamilies;
import org.auscult.timeline.Demographics;

/**
 * Finds by features and codes what of a model belongs into its register of sensitive inputs. It
 * finds what the codes say; what a model's author knows beyond that stands in the register alone.
 */
public final class SensitiveInputs {
  private static final String FOUND = "found by its codes; the model's register does not name it";

  /** LOINC codes of what people are asked about themselves; a start. */
  private static final Map<String, Sensitivity> ASKED =
      Map.ofEntries(
          Map.entry("32624-9", Sensitivity.RACE),
          Map.entry("72826-1", Sensitivity.RACE),
          Map.entry("69490-1", Sensitivity.ETHNICITY),
          Map.entry("42784-9", Sensitivity.ETHNICITY),
          Map.entry("66477-1", Sensitivity.NATIONAL_ORIGIN),
          Map.entry("54899-0", Sensitivity.LANGUAGE),
          Map.entry("46098-0", Sensitivity.SEX),
          Map.entry("76689-9", Sensitivity.SEX),
          Map.entry("82810-3", Sensitivity.SEX),
          Map.entry("76690-7", Sensitivity.SEXUAL_ORIENTATION),
          Map.entry("76691-5", Sensitivity.GENDER_IDENTITY),
          Map.entry("21112-8", Sensitivity.AGE),
          Map.entry("30525-0", Sensitivity.AGE),
          Map.entry("69856-3", Sensitivity.DISABILITY),
          Map.entry("69857-1", Sensitivity.DISABILITY),
          Map.entry("69858-9", Sensitivity.DISABILITY),
          Map.entry("69859-7", Sensitivity.DISABILITY),
          Map.entry("69860-5", Sensitivity.DISABILITY),
          Map.entry("69861-3", Sensitivity.DISABILITY),
          Map.entry("93025-5", Sensitivity.SOCIAL_DETERMINANTS),
          Map.entry("96777-8", Sensitivity.SOCIAL_DETERMINANTS),
          Map.entry("71802-3", Sensitivity.SOCIAL_DETERMINANTS),
          Map.entry("82589-3", Sensitivity.SOCIAL_DETERMINANTS),
          Map.entry("67875-5", Sensitivity.SOCIAL_DETERMINANTS),
          Map.entry("63586-2", Sensitivity.SOCIAL_DETERMINANTS),
          Map.entry("76513-1", Sensitivity.SOCIAL_DETERMINANTS),
          Map.entry("88122-7", Sensitivity.SOCIAL_DETERMINANTS),
          Map.entry("88123-5", Sensitivity.SOCIAL_DETERMINANTS),
          Map.entry("93030-5", Sensitivity.SOCIAL_DETERMINANTS));

  /** Categories of Observations and Conditions that tell how somebody lives. */
  private static final Set<String> SOCIAL = Set.of("sdoh", "social-history");

  /** Problems of social circumstances: Z55 to Z65 of ICD-10. */
  private static final Pattern SOCIAL_CODE = Pattern.compile("Z(5[5-9]|6[0-5])([.].*)?");

  private static final Map<Code, Sensitivity> OWN_ELEMENTS =
      Map.of(
          Demographics.BIRTH_DATE, Sensitivity.AGE,
          Demographics.GENDER, Sensitivity.SEX,
          Demographics.BIRTH_SEX, Sensitivity.SEX,
          Demographics.SEX_PARAMETER_FOR_CLINICAL_USE, Sensitivity.SEX,
          Demographics.RACE, Sensitivity.RACE,
          Demographics.ETHNICITY, Sensitivity.ETHNICITY,
          Demographics.LANGUAGE, Sensitivity.LANGUAGE,
          Demographics.STATE, Sensitivity.GEOGRAPHY,
          Demographics.POSTAL_CODE, Sensitivity.GEOGRAPHY,
          Demographics.COUNTRY, Sensitivity.GEOGRAPHY);

  private SensitiveInputs() {}

  /** What the register has to name. */
  public static List<SensitiveUse> found(
      PredictionModel model, ResolvedFeatureSet features, ProtectedCodes codes) {
    List<SensitiveUse> found = new ArrayList<>();
    for (String name : read(model)) {
      kinds(features, name, codes).stream()
          .forEach(kind -> found.add(new SensitiveUse(Part.FEATURE, name, kind, FOUND)));
    }
    for (ModelOutput output : model.outputs()) {
      Optional.ofNullable(output.code())
          .flatMap(code -> kind(code, codes))
          .ifPresent(kind -> found.add(new SensitiveUse(Part.OUTPUT, output.name(), kind, FOUND)));
    }
    return found;
  }

  /** Of what was found, what the register does not name. */
  public static List<SensitiveUse> unregistered(
      PredictionModel model, ResolvedFeatureSet features, ProtectedCodes codes) {
    return found(model, features, codes).stream()
        .filter(found -> model.register().stream().noneMatch(found::isAs))
        .toList();
  }

  /**
   * A model whose register names all that was found: how a model is handled that was active before
   * registers were asked for, or before the site's list of codes said what it says now.
   */
  public static PredictionModel completed(
      PredictionModel model, ResolvedFeatureSet features, ProtectedCodes codes) {
    List<SensitiveUse> lacking = unregistered(model, features, codes);
    return lacking.isEmpty()
        ? model
        : model.withRegister(Stream.concat(model.register().stream(), lacking.stream()).toList());
  }

  /** The labels of the conditions under special protection that a feature set names, by feature. */
  public static Map<String, Set<String>> protectedFeatures(
      ResolvedFeatureSet features, ProtectedCodes codes) {
    return features.features().stream()
        .collect(
            Collectors.toMap(
                f -> f.definition().name(),
                f ->
                    kinds(features, f.definition().name(), codes).stream()
                        .flatMap(kind -> kind.label().stream())
                        .collect(Collectors.toSet())));
  }

  /** The labels of all conditions under special protection that some feature sets name. */
  public static Set<String> protectedLabels(
      Collection<ResolvedFeatureSet> sets, ProtectedCodes codes) {
    return sets.stream()
        .flatMap(set -> protectedFeatures(set, codes).values().stream())
        .flatMap(Set::stream)
        .collect(Collectors.toSet());
  }

  /** Of inputs and of eligibility. */
  private static Set<String> read(PredictionModel model) {
    Set<String> read = new LinkedHashSet<>();
    model.inputs().forEach(input -> read.add(input.feature()));
    model.eligibility().forEach(criterion -> read.add(criterion.feature()));
    return read;
  }

  /** Of a feature and of what it hangs on: a value made of others tells of them. */
  private static Set<Sensitivity> kinds(
      ResolvedFeatureSet features, String name, ProtectedCodes codes) {
    Set<Sensitivity> kinds = new LinkedHashSet<>();
    features.sources(name).forEach(source -> kinds.addAll(kinds(source, codes)));
    return kinds;
  }

  private static Set<Sensitivity> kinds(ResolvedFeature feature, ProtectedCodes codes) {
    Set<Sensitivity> kinds = new LinkedHashSet<>();
    Operator operator = feature.definition().operator();
    if (operator == Operator.AGE) {
      kinds.add(Sensitivity.AGE);
    } else if (operator == Operator.SEX) {
      kinds.add(Sensitivity.SEX);
    }
    PatientElement element = feature.definition().arguments().element();
    if (element != null) {
      kind(element.code(), codes).ifPresent(kinds::add);
    }
    Selection selection = feature.definition().selection();
    if (selection != null && !Collections.disjoint(selection.filter().categories(), SOCIAL)) {
      kinds.add(Sensitivity.SOCIAL_DETERMINANTS);
    }
    ResolvedContextRule rule = feature.context();
    Stream.of(
            feature.codes(), feature.trueAnswers(), rule == null ? Set.<Code>of() : rule.allCodes())
        .flatMap(Set::stream)
        .flatMap(code -> found(code, codes).stream())
        .sorted()
        .forEach(kinds::add);
    return kinds;
  }

  /** Of a code; of a family, those of all that belong to it. */
  private static List<Sensitivity> found(Code code, ProtectedCodes codes) {
    if (!CodeFamilies.isFamily(code)) {
      return kind(code, codes).stream().toList();
    }
    Code head = CodeFamilies.head(code);
    return codes.topicsOfStart(head.system(), head.code()).stream()
        .map(Sensitivity::ofTopic)
        .toList();
  }

  private static Optional<Sensitivity> kind(Code code, ProtectedCodes codes) {
    Optional<Sensitivity> special =
        codes.topic(code.system(), code.code()).map(Sensitivity::ofTopic);
    if (special.isPresent()) {
      return special;
    }
    if (code.system().startsWith("http://hl7.org/fhir/sid/icd-10")
        && SOCIAL_CODE.matcher(code.code()).matches()) {
      return Optional.of(Sensitivity.SOCIAL_DETERMINANTS);
    }
    return code.system().equals("http://loinc.org")
        ? Optional.ofNullable(ASKED.get(code.code()))
        : Optional.ofNullable(OWN_ELEMENTS.get(code));
  }
}
