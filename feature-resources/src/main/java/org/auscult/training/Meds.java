package org.auscult.training;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.auscult.timeline.Code;
import org.auscult.timeline.Demographics;
import org.auscult.timeline.EffectiveTime;
import org.auscult.timeline.Fact;
import org.auscult.timeline.FactContext.Author;
import org.auscult.timeline.FactValue;
import org.auscult.timeline.Quantity;
import org.auscult.timeline.ResourceKind;
import org.jspecify.annotations.Nullable;

/**
 * The raw timeline as the Medical Event Data Standard 0.4 wants it: one row for each fact and
 * coding, static ones first, then by time. What a model wrote is left out.
 *
 * <p>Codes are {@code VOCABULARY/code}, with the kind of resource before it where one code may
 * stand in several ({@code Condition/SNOMED/44054006}); units are a column of their own.
 */
public final class Meds {
  /** The version of the standard. */
  public static final String VERSION = "0.4.0";

  /** Columns beyond the standard's, by the list of {@code dataset.json} that names them. */
  public static final List<String> CODE_MODIFIERS = List.of("unit");

  public static final List<String> OTHERS = List.of("known_time", "status", "encounter");

  /** Columns of the data. */
  public static final List<Column> DATA =
      List.of(
          new Column("subject_id", Column.Type.INTEGER),
          new Column("time", Column.Type.TIME),
          new Column("code", Column.Type.TEXT),
          new Column("numeric_value", Column.Type.SINGLE),
          new Column("text_value", Column.Type.TEXT),
          new Column("unit", Column.Type.TEXT),
          new Column("known_time", Column.Type.TIME),
          new Column("status", Column.Type.TEXT),
          new Column("encounter", Column.Type.TEXT));

  /** Columns of {@code metadata/codes.parquet}. */
  public static final List<Column> CODES =
      List.of(
          new Column("code", Column.Type.TEXT),
          new Column("description", Column.Type.TEXT),
          new Column("parent_codes", Column.Type.TEXTS));

  /** Columns of {@code metadata/subject_splits.parquet}. */
  public static final List<Column> SPLITS =
      List.of(new Column("subject_id", Column.Type.INTEGER), new Column("split", Column.Type.TEXT));

  private static final String BIRTH = "MEDS_BIRTH";
  private static final String DEATH = "MEDS_DEATH";
  private static final Map<String, String> VOCABULARIES =
      Map.of(
          "http://loinc.org",
          "LOINC",
          "http://snomed.info/sct",
          "SNOMED",
          "http://www.nlm.nih.gov/research/umls/rxnorm",
          "RxNorm",
          "http://hl7.org/fhir/sid/icd-10-cm",
          "ICD10CM",
          "http://hl7.org/fhir/sid/icd-10",
          "ICD10",
          "http://hl7.org/fhir/sid/icd-9-cm",
          "ICD9CM",
          "http://hl7.org/fhir/sid/cvx",
          "CVX",
          "http://www.ama-assn.org/go/cpt",
          "CPT",
          Demographics.SYSTEM,
          "Patient");

  private Meds() {}

  /**
   * One event.
   *
   * @param description for people; null if the record gives none
   */
  public record Event(
      @Nullable Instant time,
      String code,
      @Nullable String description,
      @Nullable Float number,
      @Nullable String text,
      @Nullable String unit,
      Fact fact) {
    private static final Comparator<Event> ORDER =
        Comparator.comparing(Event::time, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(Event::code)
            .thenComparing(e -> e.fact.source().kind())
            .thenComparing(e -> e.fact.source().id())
            .thenComparing(e -> e.fact.source().slot());

    /** The cells of a row. */
    public List<@Nullable Object> cells(long subject) {
      return Collections.unmodifiableList(
          Arrays.asList(
              subject,
              time,
              code,
              number,
              text,
              unit,
              fact.known().from(),
              fact.context().status(),
              fact.context().encounter()));
    }
  }

  /** A number for a patient: the first 63 bits of the SHA-256 of the id. */
  public static long subject(String patient) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(patient.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(hash).getLong() >>> 1;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  /** What the standard calls a part. */
  public static String split(Part part) {
    return switch (part) {
      case TRAIN -> "train";
      case VALIDATION -> "tuning";
      case TEST -> "held_out";
    };
  }

  /**
   * The events of one patient, as the record says them at the cut, in the standard's order.
   *
   * @param kinds of which events are wanted
   */
  public static List<Event> events(
      PatientHistory history, Instant cut, ZoneId zone, Set<ResourceKind> kinds) {
    List<Fact> known = history.knownAt(cut);
    Person person = Person.of(known, Stay.of(known), zone);
    List<Event> events = new ArrayList<>();
    for (Fact fact : known) {
      if (fact.context().author() == Author.RECORD && kinds.contains(fact.source().kind())) {
        add(fact, person, events);
      }
    }
    events.sort(Event.ORDER);
    return events;
  }

  private static void add(Fact fact, Person person, List<Event> events) {
    if (fact.source().kind() == ResourceKind.PATIENT) {
      demographic(fact, person, events);
      return;
    }
    boolean isDated = fact.effective().precision() != EffectiveTime.Precision.UNDATED;
    for (Code code : fact.codes()) {
      events.add(event(isDated ? fact.effective().visibleFrom() : null, name(fact, code), fact));
    }
  }

  /** Birth and death have codes of the standard's own; the rest is static. */
  private static void demographic(Fact fact, Person person, List<Event> events) {
    Code code = fact.codes().get(0);
    if (code.equals(Demographics.BIRTH_DATE)) {
      if (person.born() != null) {
        events.add(new Event(person.born(), BIRTH, null, null, null, null, fact));
      }
    } else if (code.equals(Demographics.DECEASED)) {
      if (person.died() != null) {
        events.add(new Event(person.died(), DEATH, null, null, null, null, fact));
      }
    } else {
      events.add(event(null, "Patient/" + code.code(), fact));
    }
  }

  private static String name(Fact fact, Code code) {
    String vocabulary = VOCABULARIES.getOrDefault(code.system(), code.system());
    String whole = vocabulary.isEmpty() ? code.code() : vocabulary + "/" + code.code();
    return fact.source().kind() == ResourceKind.OBSERVATION
        ? whole
        : fact.source().kind().fhirType() + "/" + whole;
  }

  private static Event event(@Nullable Instant time, String code, Fact fact) {
    Float number = null;
    String text = null;
    String unit = null;
    if (fact.value() instanceof FactValue.Measured measured) {
      Quantity quantity = measured.preferred() == null ? measured.original() : measured.preferred();
      BigDecimal value = quantity.value();
      unit = quantity.unit();
      if (measured.comparator() == org.auscult.timeline.Comparator.NONE) {
        number = value.floatValue();
      } else {
        // A bound is no value.
        text = measured.comparator().symbol() + value.toPlainString();
      }
    } else if (fact.value() instanceof FactValue.Coded coded) {
      text =
          coded.codes().isEmpty()
              ? coded.text()
              : coded.codes().stream().map(Code::code).distinct().collect(Collectors.joining("+"));
    } else if (fact.value() instanceof FactValue.Text written) {
      text = written.text();
    } else if (fact.value() instanceof FactValue.Truth truth) {
      text = String.valueOf(truth.value());
    } else if (fact.value() instanceof FactValue.Dated dated) {
      text = dated.date();
    } else if (fact.value() instanceof FactValue.Absent absent) {
      text = "absent: " + absent.reason();
    }
    return new Event(time, code, fact.display(), number, text, unit, fact);
  }
}
