package org.auscult.server.synthetic;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Date;
import java.util.Deque;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.auscult.feature.FeatureDefinition;
import org.auscult.feature.Operator;
import org.auscult.feature.Range;
import org.auscult.feature.ResolvedFeature;
import org.auscult.feature.ResolvedFeatureSet;
import org.auscult.model.Criterion;
import org.auscult.model.ModelInput;
import org.auscult.model.RegisteredModel;
import org.auscult.timeline.Code;
import org.auscult.timeline.CodeFamilies;
import org.auscult.timeline.ResourceKind;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who does not exist, of whom all is measured that some models and features ask for: a
 * woman of 55, or as near to it as the models' ages allow, with one value for each feature amid
 * what is plausible and valid, measured twice within the last two hours; in an encounter, or with a
 * condition, if a model speaks of nobody else; and nothing else wrong with her. The same
 * definitions make the same patient, whenever she is made.
 */
final class SyntheticPatient {
  static final String ID = "synthetic";

  private static final int AGE = 55;
  private static final MathContext DIGITS = new MathContext(3, RoundingMode.HALF_EVEN);
  private static final Duration STAY = Duration.ofDays(1);
  private static final List<Duration> MEASURED = List.of(Duration.ofHours(2), Duration.ofHours(1));

  /** What one feature reads as; an encounter or a condition has no value. */
  private record Stated(ResourceKind kind, Code code, @Nullable Type value) {}

  private final BigDecimal age;
  private final Map<String, Stated> stated;

  private SyntheticPatient(BigDecimal age, Map<String, Stated> stated) {
    this.age = age;
    this.stated = stated;
  }

  /**
   * @param models whose valid ranges the values keep to, where they agree
   * @param others further features that are read, such as those of order rules
   */
  static SyntheticPatient of(
      Collection<RegisteredModel> models, Collection<ResolvedFeatureSet> others) {
    Map<String, Range> valid = new TreeMap<>();
    Set<String> mustBe = new HashSet<>();
    for (RegisteredModel model : models) {
      for (ModelInput input : model.model().inputs()) {
        if (input.valid() != null) {
          valid.merge(input.feature(), input.valid(), SyntheticPatient::both);
        }
      }
      for (Criterion criterion : model.model().eligibility()) {
        if (criterion.rule() instanceof Criterion.Rule.Within within) {
          valid.merge(criterion.feature(), within.range(), SyntheticPatient::both);
        } else if (criterion.rule() instanceof Criterion.Rule.MustBeTrue) {
          mustBe.add(criterion.feature());
        }
      }
    }
    BigDecimal age = BigDecimal.valueOf(AGE);
    Map<String, Stated> stated = new TreeMap<>();
    Stream<ResolvedFeatureSet> sets =
        Stream.concat(models.stream().map(RegisteredModel::features), others.stream());
    for (ResolvedFeature feature : sources(sets)) {
      FeatureDefinition definition = feature.definition();
      Range range = valid.get(definition.name());
      ResourceKind kind = definition.kind();
      boolean isTrue = mustBe.contains(definition.name());
      if (definition.operator() == Operator.AGE && range != null && !range.contains(AGE)) {
        age = amid(range).setScale(0, RoundingMode.HALF_EVEN);
      } else if (kind == ResourceKind.OBSERVATION) {
        measured(feature, range, isTrue).ifPresent(m -> stated.put(definition.canonical(), m));
      } else if (isTrue && (kind == ResourceKind.ENCOUNTER || kind == ResourceKind.CONDITION)) {
        code(feature).ifPresent(c -> stated.put(definition.canonical(), new Stated(kind, c, null)));
      }
    }
    return new SyntheticPatient(age, stated);
  }

  /** All features, and what they are made of. */
  private static List<ResolvedFeature> sources(Stream<ResolvedFeatureSet> sets) {
    List<ResolvedFeature> all = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    Deque<ResolvedFeature> next = new ArrayDeque<>();
    sets.forEach(set -> next.addAll(set.features()));
    while (!next.isEmpty()) {
      ResolvedFeature feature = next.removeFirst();
      if (seen.add(feature.definition().canonical())) {
        all.add(feature);
        next.addAll(feature.inputs());
      }
    }
    all.sort(Comparator.comparing(f -> f.definition().canonical()));
    return all;
  }

  /** Where two do not agree, the first one. */
  private static Range both(Range one, Range other) {
    BigDecimal low = later(one.low(), other.low(), 1);
    BigDecimal high = later(one.high(), other.high(), -1);
    return low != null && high != null && low.compareTo(high) > 0 ? one : new Range(low, high);
  }

  private static @Nullable BigDecimal later(
      @Nullable BigDecimal one, @Nullable BigDecimal other, int sign) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return sign * one.compareTo(other) >= 0 ? one : other;
  }

  private static Optional<Code> code(ResolvedFeature feature) {
    return Stream.concat(
            feature.definition().codes().stream(),
            feature.codes().stream().sorted(Comparator.comparing(Code::toString)))
        .filter(c -> !CodeFamilies.isFamily(c))
        .findFirst();
  }

  private static Optional<Stated> measured(
      ResolvedFeature feature, @Nullable Range valid, boolean isTrue) {
    FeatureDefinition definition = feature.definition();
    Optional<? extends Type> value =
        definition.answers() == null
            ? Optional.of(quantity(definition, valid))
            : answer(feature, isTrue);
    return code(feature).flatMap(c -> value.map(v -> new Stated(ResourceKind.OBSERVATION, c, v)));
  }

  private static Quantity quantity(FeatureDefinition definition, @Nullable Range valid) {
    Range range = definition.plausible();
    if (valid != null && definition.valueUnit().equals(definition.unit())) {
      range = range == null ? valid : both(valid, range);
    }
    return new Quantity()
        .setValue(range == null ? BigDecimal.ONE : amid(range))
        .setUnit(definition.valueUnit())
        .setSystem("http://unitsofmeasure.org")
        .setCode(definition.valueUnit());
  }

  /** An answer that says no, where one is known and it need not be yes. */
  private static Optional<CodeableConcept> answer(ResolvedFeature feature, boolean isTrue) {
    Set<Code> answers =
        isTrue || feature.falseAnswers().isEmpty() ? feature.trueAnswers() : feature.falseAnswers();
    return answers.stream()
        .filter(answer -> !CodeFamilies.isFamily(answer))
        .min(Comparator.comparing(Code::toString))
        .map(SyntheticPatient::concept);
  }

  private static CodeableConcept concept(Code code) {
    return new CodeableConcept(new Coding(code.system(), code.code(), null));
  }

  /** In the middle on a scale of ratios where both ends are positive, as most measurements lie. */
  private static BigDecimal amid(Range range) {
    BigDecimal low = range.low();
    BigDecimal high = range.high();
    if (low == null || high == null) {
      return Objects.requireNonNullElse(low, Objects.requireNonNullElse(high, BigDecimal.ONE));
    }
    BigDecimal middle =
        low.signum() > 0
            ? low.multiply(high).sqrt(MathContext.DECIMAL64)
            : low.add(high).divide(BigDecimal.valueOf(2), MathContext.DECIMAL64);
    BigDecimal rounded = middle.round(DIGITS);
    return range.contains(rounded.doubleValue()) ? rounded : middle;
  }

  /** What there is of this patient, as of a time. */
  List<Resource> resources(Instant now) {
    List<Resource> resources = new ArrayList<>();
    Patient patient = new Patient();
    patient.setId(ID);
    patient.setActive(true).setGender(AdministrativeGender.FEMALE);
    LocalDate born = LocalDate.ofInstant(now, ZoneOffset.UTC).minusYears(age.longValue());
    patient.setBirthDateElement(new DateType(born.minusMonths(6).toString()));
    resources.add(patient);
    Reference her = new Reference("Patient/" + ID);
    int number = 0;
    for (Stated one : stated.values()) {
      number++;
      String id = ID + "-" + number;
      switch (one.kind()) {
        case ENCOUNTER -> resources.add(encounter(one.code(), her, now).setId(id));
        case CONDITION -> resources.add(condition(one.code(), her, now).setId(id));
        default -> {
          for (Duration ago : MEASURED) {
            resources.add(observation(one, her, now.minus(ago)).setId(id + "-" + ago.toHours()));
          }
        }
      }
    }
    return resources;
  }

  private static Resource observation(Stated one, Reference her, Instant at) {
    Observation observation = new Observation();
    observation.setStatus(ObservationStatus.FINAL).setCode(concept(one.code())).setSubject(her);
    observation.setEffective(new DateTimeType(Date.from(at))).setIssued(Date.from(at));
    observation.setValue(Objects.requireNonNull(one.value()).copy());
    return observation;
  }

  private static Resource encounter(Code ofClass, Reference her, Instant now) {
    Encounter encounter = new Encounter();
    encounter.setStatus(EncounterStatus.INPROGRESS).setSubject(her);
    encounter.setClass_(new Coding(ofClass.system(), ofClass.code(), null));
    encounter.setPeriod(new Period().setStart(Date.from(now.minus(STAY))));
    return encounter;
  }

  private static Resource condition(Code code, Reference her, Instant now) {
    Condition condition = new Condition();
    condition.setSubject(her).setCode(concept(code));
    condition.setClinicalStatus(
        concept(Code.of("http://terminology.hl7.org/CodeSystem/condition-clinical", "active")));
    condition.setOnset(new DateTimeType(Date.from(now.minus(STAY))));
    condition.setRecordedDate(Date.from(now.minus(STAY)));
    return condition;
  }

  /** The same for patients who are the same but for the time: 64 hexadecimal digits. */
  String hash() {
    StringBuilder text = new StringBuilder("age ").append(age.toPlainString());
    stated.forEach(
        (feature, one) -> text.append('\n').append(feature).append(' ').append(told(one)));
    try {
      byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  private static String told(Stated one) {
    String code = one.kind() + " " + one.code() + " ";
    if (one.value() instanceof Quantity quantity) {
      return code + quantity.getValue().toPlainString() + " " + quantity.getCode();
    }
    return one.value() instanceof CodeableConcept answer
        ? code + answer.getCodingFirstRep().getCode()
        : code;
  }
}
