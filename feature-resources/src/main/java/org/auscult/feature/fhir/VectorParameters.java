package org.auscult.feature.fhir;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Date;
import java.util.Locale;
import java.util.Optional;
import org.auscult.feature.FeatureDefinition;
import org.auscult.feature.FeatureValue.Missing;
import org.auscult.feature.FeatureValue.Present;
import org.auscult.feature.FeatureVector;
import org.auscult.feature.ResolvedFeature;
import org.auscult.feature.ResolvedFeatureSet;
import org.auscult.timeline.AsOf;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;

/**
 * Renders a feature vector as FHIR Parameters, the answer of {@code $features}.
 *
 * <p>Top: {@code featureSet}, {@code patient}, {@code at}, {@code knownAt} (absent where the
 * question was not by clock), {@code epoch}. Then one {@code feature} for each member, in tensor
 * order, with parts {@code name}, {@code definition}, {@code title}, {@code expansion} (hash of
 * what its ValueSets expand to, if it names some), {@code mapping} (hash of what mapping resources
 * add to it, if they do), and either {@code value} (boolean for exists and coded answers, otherwise
 * Quantity in UCUM), {@code origin} (record, default, carried or derived), {@code text}, {@code
 * evidence*}, {@code effective}, {@code known}; or {@code missing} (Coding) and {@code detail}.
 *
 * <p>Evidence is versioned. HAPI's parsers strip versions unless told not to ({@code
 * ParserOptions.setStripVersionsFromReferences(false)}).
 */
public final class VectorParameters {
  private static final String UCUM = "http://unitsofmeasure.org";

  private VectorParameters() {}

  /**
   * The vector as Parameters.
   *
   * @param set the set of which it was made; says which of its values are truths
   */
  public static Parameters render(FeatureVector vector, ResolvedFeatureSet set) {
    Parameters parameters = new Parameters();
    parameters.addParameter("featureSet", new CanonicalType(vector.featureSet()));
    parameters.addParameter("patient", new Reference("Patient/" + vector.patient()));
    parameters.addParameter("at", instant(vector.asOf().at()));
    if (vector.asOf().known() instanceof AsOf.Known.ByClock clock) {
      parameters.addParameter("knownAt", instant(clock.instant()));
    }
    parameters.addParameter("epoch", new DecimalType(vector.epoch()));
    for (FeatureVector.Entry entry : vector.entries()) {
      ParametersParameterComponent feature = parameters.addParameter().setName("feature");
      part(feature, "name", new StringType(entry.name()));
      part(feature, "definition", new CanonicalType(entry.definition()));
      part(feature, "title", new StringType(entry.title()));
      set.feature(entry.name()).ifPresent(resolved -> terms(feature, resolved));
      if (entry.value() instanceof Present present) {
        present(feature, present, isTruth(set, entry.name()));
      } else {
        missing(feature, (Missing) entry.value());
      }
    }
    return parameters;
  }

  /** What may change although the definition does not. */
  private static void terms(ParametersParameterComponent feature, ResolvedFeature resolved) {
    String expansion = resolved.terms().expansion();
    if (expansion != null && resolved.definition().namesValueSets()) {
      part(feature, "expansion", new StringType(expansion));
    }
    String mapping = resolved.terms().mapping();
    if (mapping != null) {
      part(feature, "mapping", new StringType(mapping));
    }
  }

  private static void present(
      ParametersParameterComponent feature, Present present, boolean isTruth) {
    part(feature, "value", isTruth ? new BooleanType(present.value() != 0) : quantity(present));
    part(feature, "origin", new CodeType(present.origin().name().toLowerCase(Locale.ROOT)));
    Optional.ofNullable(present.text()).ifPresent(t -> part(feature, "text", new StringType(t)));
    present.evidence().forEach(reference -> part(feature, "evidence", new Reference(reference)));
    Optional.ofNullable(present.effective())
        .ifPresent(effective -> part(feature, "effective", instant(effective)));
    Optional.ofNullable(present.known()).ifPresent(known -> part(feature, "known", instant(known)));
  }

  private static void missing(ParametersParameterComponent feature, Missing missing) {
    part(
        feature,
        "missing",
        new Coding().setSystem(FeatureUrls.MISSING_REASON_SYSTEM).setCode(missing.reason().code()));
    part(feature, "detail", new StringType(missing.detail()));
  }

  private static Quantity quantity(Present present) {
    return new Quantity()
        .setValue(new BigDecimal(decimal(present.value())))
        .setUnit(present.unit())
        .setSystem(UCUM)
        .setCode(present.unit());
  }

  private static String decimal(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }

  private static boolean isTruth(ResolvedFeatureSet set, String name) {
    return set.feature(name)
        .map(ResolvedFeature::definition)
        .filter(VectorParameters::isTruth)
        .isPresent();
  }

  private static boolean isTruth(FeatureDefinition definition) {
    return switch (definition.operator()) {
      case EXISTS, FLAGGED, ACTIVE, DEMOGRAPHIC -> true;
      case LATEST, FIRST, NTH_LATEST, MIN, MAX -> definition.answers() != null;
      default -> false;
    };
  }

  private static InstantType instant(Instant instant) {
    InstantType type = new InstantType(Date.from(instant));
    type.setTimeZoneZulu(true);
    return type;
  }

  private static void part(ParametersParameterComponent feature, String name, Type value) {
    feature.addPart().setName(name).setValue(value);
  }
}
