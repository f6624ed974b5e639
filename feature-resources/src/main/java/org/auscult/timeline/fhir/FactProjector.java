package org.auscult.timeline.fhir;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.auscult.timeline.Circumstances;
import org.auscult.timeline.Code;
import org.auscult.timeline.Comparator;
import org.auscult.timeline.EffectiveTime;
import org.auscult.timeline.EffectiveTime.Precision;
import org.auscult.timeline.Epochs;
import org.auscult.timeline.Fact;
import org.auscult.timeline.FactContext;
import org.auscult.timeline.FactContext.Author;
import org.auscult.timeline.FactValue;
import org.auscult.timeline.KnownTime;
import org.auscult.timeline.Quantity;
import org.auscult.timeline.ResourceKind;
import org.auscult.timeline.Source;
import org.auscult.unit.CodeUnits;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/**
 * Turns one version of one resource into the facts that it states of its patient.
 *
 * <p>Pure and versioned: live writes, rebuild and prefetch use this one class, so they agree by
 * construction. It never throws for what a resource says or leaves out; what cannot be read becomes
 * no fact, or a fact without a usable value. Which elements of which type count is said in {@link
 * ResourceReader}.
 *
 * <p>Time: partial dates are read in the site's zone and count from the end of their interval.
 */
public final class FactProjector {
  /** Raised whenever the same resource would give other rows. */
  public static final int VERSION = 3;

  /** The first that states circumstances, flags, places and demographics beyond age and sex. */
  public static final int WITH_CIRCUMSTANCES = 2;

  /** Marks a resource that came with a declared load of history (safety rule 9). */
  public static final Code HISTORY =
      new Code("https://auscult.org/fhir/CodeSystem/load", "history");

  /**
   * System of the tag that says how long after it took effect a fact of a declared load is assumed
   * to have been known, where the resource does not say when it was issued or recorded: an ISO 8601
   * duration such as {@code PT24H}; without it, none.
   */
  public static final String LAG_SYSTEM = "https://auscult.org/fhir/load-lag";

  /** The first slot of a Patient's own elements. */
  static final int DEMOGRAPHICS_SLOT = 1000;

  /** No code system has longer codes; what is longer is no code, and must not stop a write. */
  private static final int LONGEST_CODE = 255;

  private static final Code AI_ASSERTED =
      new Code("http://terminology.hl7.org/CodeSystem/v3-ObservationValue", "AIAST");

  private final FhirTime time;
  private final CodeUnits units;
  private final ResourceReader reader;
  private final FlagReader flags;
  private final PatientReader patients;

  /**
   * @param zone the site's time zone
   */
  public FactProjector(ZoneId zone, CodeUnits units) {
    this.time = new FhirTime(zone);
    this.units = units;
    this.reader = new ResourceReader(time);
    this.flags = new FlagReader(units);
    this.patients = new PatientReader(time);
  }

  /** The logical id of the patient of whom a resource speaks; empty if not a local one. */
  public Optional<String> patient(Resource resource) {
    if (resource instanceof Patient) {
      return Optional.ofNullable(resource.getIdElement().getIdPart());
    }
    return reader.read(resource, "").map(r -> r.subject).flatMap(FactProjector::localPatient);
  }

  /**
   * The facts of one resource, in the order of their slots.
   *
   * @return empty for types that the timeline does not hold, and where the patient is not local to
   *     the projection's origin
   */
  public List<Fact> project(Resource resource, Projection how) {
    if (resource instanceof Patient patient) {
      return demographics(patient, how);
    }
    Optional<ResourceReader.Read> read = reader.read(resource, how.origin());
    Optional<String> patient = read.map(r -> r.subject).flatMap(FactProjector::localPatient);
    Optional<EffectiveTime> effective =
        read.flatMap(r -> r.effective.or(() -> undated(resource, r.kind, how)));
    if (read.isEmpty() || patient.isEmpty() || effective.isEmpty()) {
      return List.of();
    }
    return facts(resource, read.get(), patient.get(), effective.get(), how);
  }

  /**
   * A problem, allergy, order or past procedure that nobody dated still stands in the record: to
   * leave it out would make its absence a fact. A measurement without a date says nothing of now.
   */
  private static Optional<EffectiveTime> undated(
      Resource resource, ResourceKind kind, Projection how) {
    Instant known = Objects.requireNonNullElseGet(how.calledAt(), () -> stored(resource));
    return switch (kind) {
      case CONDITION,
          ALLERGY_INTOLERANCE,
          MEDICATION_REQUEST,
          MEDICATION_STATEMENT,
          PROCEDURE,
          ENCOUNTER,
          IMMUNIZATION ->
          Optional.of(new EffectiveTime(known, known, null, Precision.UNDATED));
      case OBSERVATION,
          MEDICATION_ADMINISTRATION,
          DIAGNOSTIC_REPORT,
          CLAIM,
          EXPLANATION_OF_BENEFIT,
          PATIENT ->
          Optional.empty();
    };
  }

  private List<Fact> facts(
      Resource resource,
      ResourceReader.Read read,
      String patient,
      EffectiveTime effective,
      Projection how) {
    KnownTime known = known(resource, read.asserted, effective, how);
    List<Fact> facts = new ArrayList<>();
    int slot = 0;
    for (ResourceReader.Statement statement : read.statements) {
      if (!statement.codes().isEmpty()) {
        ResourceReader.Own own = statement.own();
        FactValue value = value(statement.codes(), statement.value(), statement.absentReason());
        facts.add(
            new Fact(
                patient,
                source(resource, read.kind, how, slot),
                statement.codes(),
                statement.display(),
                own == null || own.effective() == null ? effective : own.effective(),
                known,
                Epochs.NONE,
                value,
                context(resource, read, statement, value)));
      }
      slot++;
    }
    return facts;
  }

  private FactContext context(
      Resource resource,
      ResourceReader.Read read,
      ResourceReader.Statement statement,
      FactValue value) {
    ResourceReader.Own own = statement.own();
    return new FactContext(
        own == null ? read.status : own.status(),
        read.category,
        read.encounter,
        read.site,
        statement.interpretation(),
        author(resource),
        flags.read(statement.interpretations(), statement.ranges(), statement.codes(), value),
        own == null ? read.circumstances : Circumstances.NONE);
  }

  private static Author author(Resource resource) {
    return resource.getMeta().getSecurity().stream().anyMatch(label -> is(label, AI_ASSERTED))
        ? Author.MODEL
        : Author.RECORD;
  }

  private KnownTime known(
      Resource resource,
      @Nullable BaseDateTimeType asserted,
      EffectiveTime effective,
      Projection how) {
    Instant called = how.calledAt();
    if (called != null) {
      return new KnownTime(called, null, KnownTime.Basis.CALL);
    }
    Instant stored = stored(resource);
    Optional<Duration> lag = lag(resource);
    if (lag.isEmpty() || !isHistory(resource)) {
      return KnownTime.recorded(stored);
    }
    Instant assumed = time.end(asserted).orElseGet(() -> effective.visibleFrom().plus(lag.get()));
    return new KnownTime(
        assumed.isBefore(stored) ? assumed : stored, null, KnownTime.Basis.ASSUMED);
  }

  /** Whether it came with a declared load of history, and says nothing amiss about that. */
  static boolean isHistory(Resource resource) {
    return resource.getMeta().getTag().stream().anyMatch(tag -> is(tag, HISTORY))
        && lag(resource).isPresent();
  }

  /** Empty if it is no lag: then nothing may be assumed to have been known early. */
  private static Optional<Duration> lag(Resource resource) {
    Duration longest = Duration.ZERO;
    for (Coding tag : resource.getMeta().getTag()) {
      if (LAG_SYSTEM.equals(tag.getSystem())) {
        try {
          Duration lag = Duration.parse(tag.getCode());
          if (lag.isNegative()) {
            return Optional.empty();
          }
          longest = lag.compareTo(longest) > 0 ? lag : longest;
        } catch (DateTimeException e) {
          return Optional.empty();
        }
      }
    }
    return Optional.of(longest);
  }

  private static Instant stored(Resource resource) {
    return resource.getMeta().getLastUpdated() == null
        ? Instant.EPOCH
        : resource.getMeta().getLastUpdated().toInstant();
  }

  private FactValue value(List<Code> codes, @Nullable Type value, @Nullable String absentReason) {
    if (value instanceof org.hl7.fhir.r4.model.Quantity quantity && quantity.getValue() != null) {
      return measured(codes, quantity);
    }
    if (value instanceof IntegerType integer && integer.getValue() != null) {
      Quantity number = new Quantity(BigDecimal.valueOf(integer.getValue()), "1");
      return new FactValue.Measured(
          units.prefer(codes, number).orElse(null), number, Comparator.NONE);
    }
    if (value instanceof CodeableConcept concept) {
      return new FactValue.Coded(codes(concept), display(concept));
    }
    if (value instanceof StringType string && string.getValue() != null) {
      return new FactValue.Text(string.getValue());
    }
    if (value instanceof BooleanType truth && truth.getValue() != null) {
      return new FactValue.Truth(truth.getValue());
    }
    if (value instanceof BaseDateTimeType date && date.getValueAsString() != null) {
      return new FactValue.Dated(date.getValueAsString());
    }
    if (absentReason != null) {
      return new FactValue.Absent(absentReason);
    }
    return value == null || value.isEmpty() || value instanceof org.hl7.fhir.r4.model.Quantity
        ? new FactValue.None()
        : new FactValue.Text("(" + value.fhirType() + ")");
  }

  private FactValue measured(List<Code> codes, org.hl7.fhir.r4.model.Quantity quantity) {
    String unit = quantity.hasCode() ? quantity.getCode() : quantity.getUnit();
    Quantity original = new Quantity(quantity.getValue(), unit == null ? "" : unit);
    String symbol =
        Objects.requireNonNullElse(quantity.getComparatorElement().getValueAsString(), "");
    Optional<Comparator> comparator =
        Arrays.stream(Comparator.values()).filter(c -> c.symbol().equals(symbol)).findFirst();
    if (comparator.isEmpty()) {
      return new FactValue.Text(symbol + original.value().toPlainString() + " " + original.unit());
    }
    return new FactValue.Measured(
        original.unit().isEmpty() ? null : units.prefer(codes, original).orElse(null),
        original,
        comparator.get());
  }

  private List<Fact> demographics(Patient patient, Projection how) {
    String id = patient.getIdElement().getIdPart();
    if (id == null) {
      return List.of();
    }
    return patients.read(patient).stream()
        .map(
            element ->
                new Fact(
                    id,
                    source(patient, ResourceKind.PATIENT, how, DEMOGRAPHICS_SLOT + element.slot()),
                    List.of(element.code()),
                    null,
                    element.effective(),
                    known(patient, null, element.effective(), how),
                    Epochs.NONE,
                    element.value(),
                    FactContext.of("")))
        .toList();
  }

  private static Source source(Resource resource, ResourceKind kind, Projection how, int slot) {
    String id = Objects.requireNonNullElse(resource.getIdElement().getIdPart(), "");
    return new Source(how.origin(), kind, id, version(resource), slot);
  }

  /** Other servers' versions need not be numbers. */
  private static long version(Resource resource) {
    String inId = resource.getIdElement().getVersionIdPart();
    String version = inId == null ? resource.getMeta().getVersionId() : inId;
    return version != null && version.matches("\\d{1,18}") ? Long.parseLong(version) : 0;
  }

  private static boolean is(Coding coding, Code code) {
    return code.system().equals(coding.getSystem()) && code.code().equals(coding.getCode());
  }

  static boolean isCode(@Nullable String system, @Nullable String code) {
    return code != null
        && !code.isBlank()
        && code.length() <= LONGEST_CODE
        && code.chars().noneMatch(Character::isISOControl)
        && (system == null
            || (system.length() <= LONGEST_CODE
                && system.chars().noneMatch(Character::isISOControl)));
  }

  static List<Code> codes(@Nullable CodeableConcept concept) {
    if (concept == null) {
      return List.of();
    }
    return concept.getCoding().stream()
        .filter(c -> isCode(c.getSystem(), c.getCode()))
        .map(c -> new Code(Objects.requireNonNullElse(c.getSystem(), ""), c.getCode()))
        .distinct()
        .toList();
  }

  static @Nullable String display(@Nullable CodeableConcept concept) {
    if (concept == null) {
      return null;
    }
    if (concept.hasText()) {
      return concept.getText();
    }
    return concept.getCoding().stream()
        .map(Coding::getDisplay)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private static Optional<String> localPatient(@Nullable Reference subject) {
    if (subject == null || subject.getReference() == null) {
      return Optional.empty();
    }
    var id = subject.getReferenceElement();
    boolean local =
        "Patient".equals(id.getResourceType()) && !id.isAbsolute() && id.getIdPart() != null;
    return local ? Optional.of(id.getIdPart()) : Optional.empty();
  }
}
