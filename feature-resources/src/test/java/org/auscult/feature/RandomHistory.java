package org.auscult.feature;

import static org.auscult.timeline.FactBuilder.fact;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.auscult.timeline.Circumstances;
import org.auscult.timeline.Code;
import org.auscult.timeline.Comparator;
import org.auscult.timeline.Demographics;
import org.auscult.timeline.EffectiveTime;
import org.auscult.timeline.EffectiveTime.Precision;
import org.auscult.timeline.EncounterElements;
import org.auscult.timeline.Fact;
import org.auscult.timeline.FactBuilder;
import org.auscult.timeline.FactContext;
import org.auscult.timeline.FactContext.Author;
import org.auscult.timeline.FactValue;
import org.auscult.timeline.KnownTime;
import org.auscult.timeline.Quantity;
import org.auscult.timeline.ReferenceFlag;
import org.auscult.timeline.References;
import org.auscult.timeline.ResourceKind;
import org.jspecify.annotations.Nullable;

/** A patient's rows by chance: pressures, diabetes and stays, corrected, late, and in error. */
final class RandomHistory {
  static final Instant START = Instant.parse("2023-01-01T00:00:00Z");
  static final int DAYS = 900;
  static final Code INPATIENT = new Code("http://terminology.hl7.org/CodeSystem/v3-ActCode", "IMP");
  static final Code EMERGENCY =
      new Code("http://terminology.hl7.org/CodeSystem/v3-ActCode", "EMER");
  private static final Code SYSTOLIC = Code.loinc("8480-6");
  private static final Code ALSO_SYSTOLIC = Code.loinc("8459-0");
  private static final Code DIABETES = Code.snomed("44054006");

  static final Code WARD = new Code(References.SYSTEM, "Location/ward");
  static final Code INTENSIVE = new Code(References.SYSTEM, "Location/icu");
  static final Code NURSE = new Code(References.SYSTEM, "Practitioner/nurse");
  static final Code MACHINE = new Code("urn:staff", "machine");
  static final Code LEFT_ARM = Code.snomed("368208006");
  static final Code RIGHT_ARM = Code.snomed("368209003");
  static final Code BY_EAR = Code.snomed("37931006");
  static final Code CUFF = new Code(References.SYSTEM, "Device/cuff");
  static final Code LINE = new Code("urn:devices", "line");
  static final Code WHITE = new Code("urn:oid:2.16.840.1.113883.6.238", "2106-3");
  static final Code BLACK = new Code("urn:oid:2.16.840.1.113883.6.238", "2054-5");
  private static final Code UNKNOWN =
      new Code("http://terminology.hl7.org/CodeSystem/v3-NullFlavor", "UNK");

  private RandomHistory() {}

  /** The codes by which facts of a kind are found. */
  static List<Code> codes(ResourceKind kind) {
    return switch (kind) {
      case OBSERVATION -> List.of(SYSTOLIC, ALSO_SYSTOLIC);
      case CONDITION -> List.of(DIABETES);
      case ENCOUNTER -> List.of(INPATIENT, EMERGENCY);
      default -> throw new IllegalArgumentException(kind.fhirType());
    };
  }

  /** Up to nine resources with up to four versions each. */
  static List<Fact> of(Random random) {
    List<Fact> rows = new ArrayList<>();
    long epoch = 0;
    for (int resource = random.nextInt(10); resource > 0; resource--) {
      int kind = random.nextInt(6);
      String id = String.valueOf((char) ('a' + resource));
      Instant effective = START.plus(random.nextInt(DAYS / 30) * 30L, ChronoUnit.DAYS);
      Instant stored = effective.plus(random.nextInt(50), ChronoUnit.HOURS);
      int versions = 1 + random.nextInt(4);
      for (int version = 1; version <= versions; version++) {
        epoch++;
        Instant next = stored.plus(1 + random.nextInt(4000), ChronoUnit.HOURS);
        boolean isLast = version == versions;
        FactBuilder builder =
            fact()
                .id(id)
                .version(version)
                .known(new KnownTime(stored, isLast ? null : next, KnownTime.Basis.RECORDED))
                .epochs(epoch, isLast ? null : epoch + 1);
        switch (kind) {
          case 0 -> rows.add(condition(builder, random, effective));
          case 1 -> {
            Fact encounter = encounter(builder, random, effective);
            rows.add(encounter);
            places(builder, random, encounter).forEach(rows::add);
            Instant during = effective.plus(random.nextInt(900), ChronoUnit.HOURS);
            rows.add(
                observation(
                    fact()
                        .id(id + "in")
                        .known(encounter.known())
                        .epochs(encounter.epochs().from(), encounter.epochs().until()),
                    random,
                    during,
                    id));
          }
          default ->
              rows.add(
                  observation(
                      builder,
                      random,
                      effective,
                      random.nextInt(3) == 0 ? null : pick(random, "b", "c", "d", "e", "f", "z")));
        }
        stored = next;
      }
    }
    demographics(rows, random);
    if (random.nextInt(5) > 0) {
      race(rows, random);
    }
    return rows;
  }

  private static Fact observation(
      FactBuilder builder, Random random, Instant effective, @Nullable String encounter) {
    boolean isDate = random.nextInt(4) == 0;
    List<Code> codes = new ArrayList<>(List.of(SYSTOLIC, ALSO_SYSTOLIC));
    if (random.nextBoolean()) {
      codes.remove(random.nextInt(2));
    }
    FactBuilder dated =
        builder
            .codes(codes.toArray(Code[]::new))
            .display(pick(random, "pressure, SITTING", "pressure, standing"))
            .context(
                new FactContext(
                    pick(
                        random,
                        "final",
                        "final",
                        "final",
                        "amended",
                        "corrected",
                        "preliminary",
                        "entered-in-error",
                        "cancelled"),
                    random.nextInt(3) == 0 ? null : pick(random, "laboratory", "vital-signs"),
                    encounter,
                    null,
                    random.nextInt(3) == 0 ? null : pick(random, "H", "HH", "N"),
                    random.nextInt(8) == 0 ? Author.MODEL : Author.RECORD,
                    random.nextInt(4) == 0
                        ? null
                        : ReferenceFlag.values()[random.nextInt(ReferenceFlag.values().length)],
                    random.nextInt(4) == 0 ? Circumstances.NONE : circumstances(random)))
            .effective(
                isDate
                    ? new EffectiveTime(
                        effective, effective.plus(1, ChronoUnit.DAYS), null, Precision.DAY)
                    : EffectiveTime.at(effective))
            .value(value(random));
    return dated.build();
  }

  private static Circumstances circumstances(Random random) {
    return new Circumstances(
        some(random, NURSE, MACHINE),
        some(random, LEFT_ARM, RIGHT_ARM),
        some(random, BY_EAR),
        some(random, CUFF, LINE));
  }

  private static List<Code> some(Random random, Code... codes) {
    return Arrays.stream(codes).filter(c -> random.nextBoolean()).toList();
  }

  /** First here, then there; of some nobody says when they were left. */
  private static List<Fact> places(FactBuilder builder, Random random, Fact encounter) {
    Instant from = encounter.effective().from();
    Instant moved = from.plus(random.nextInt(900), ChronoUnit.HOURS);
    boolean isLost = random.nextInt(4) == 0;
    builder.status(
        isLost ? "finished" : random.nextInt(6) == 0 ? "planned" : encounter.context().status());
    Fact first =
        builder
            .slot(1)
            .codes(EncounterElements.LOCATION, WARD)
            .effective(new EffectiveTime(from, from, isLost ? null : moved, Precision.INSTANT))
            .build();
    builder.status(encounter.context().status());
    Instant until = encounter.effective().until();
    Fact second =
        builder
            .slot(2)
            .codes(EncounterElements.LOCATION, INTENSIVE)
            .effective(new EffectiveTime(moved, moved, until, Precision.INSTANT))
            .build();
    return List.of(first, second);
  }

  private static FactValue value(Random random) {
    String number = String.valueOf(60 + random.nextInt(240));
    Comparator comparator = random.nextInt(5) == 0 ? Comparator.GREATER : Comparator.NONE;
    return switch (random.nextInt(10)) {
      case 0 -> new FactValue.Absent("unknown");
      case 1 -> new FactValue.Text("high");
      case 2 -> new FactValue.Measured(null, Quantity.of(number, "kg"), Comparator.NONE);
      case 3 -> new FactValue.None();
      default -> {
        Quantity quantity = Quantity.of(number, "mm[Hg]");
        yield new FactValue.Measured(quantity, quantity, comparator);
      }
    };
  }

  private static Fact condition(FactBuilder builder, Random random, Instant effective) {
    boolean ends = random.nextBoolean();
    Instant until = ends ? effective.plus(random.nextInt(500), ChronoUnit.DAYS) : null;
    return builder
        .kind(ResourceKind.CONDITION)
        .codes(DIABETES)
        .status(
            ends
                ? "resolved"
                : pick(random, "active", "active", "", "refuted", "resolved", "entered-in-error"))
        .effective(new EffectiveTime(effective, effective, until, Precision.INSTANT))
        .build();
  }

  private static Fact encounter(FactBuilder builder, Random random, Instant effective) {
    boolean ends = random.nextBoolean();
    Instant until = ends ? effective.plus(random.nextInt(2000), ChronoUnit.HOURS) : null;
    return builder
        .kind(ResourceKind.ENCOUNTER)
        .codes(random.nextBoolean() ? INPATIENT : EMERGENCY)
        .status(pick(random, "in-progress", "in-progress", "finished", "planned", "cancelled"))
        .effective(new EffectiveTime(effective, effective, until, Precision.INSTANT))
        .build();
  }

  private static void demographics(List<Fact> rows, Random random) {
    FactBuilder patient =
        fact().kind(ResourceKind.PATIENT).id("p").status("").known("2023-06-01T00:00:00Z");
    patient.effective(EffectiveTime.at(Instant.parse("1800-01-01T00:00:00Z")));
    if (random.nextInt(5) > 0) {
      String birth = Instant.EPOCH.plus(random.nextInt(20_000), ChronoUnit.DAYS).toString();
      rows.add(
          patient
              .slot(1000)
              .codes(Demographics.BIRTH_DATE)
              .value(new FactValue.Dated(birth.substring(0, 10)))
              .build());
    }
    Code gender = new Code("g", pick(random, "female", "male", "other"));
    rows.add(
        patient
            .slot(1001)
            .codes(Demographics.GENDER)
            .value(new FactValue.Coded(List.of(gender), null))
            .build());
  }

  private static String pick(Random random, String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  /** What is known of somebody's race changes once. */
  private static void race(List<Fact> rows, Random random) {
    Instant corrected = START.plus(random.nextInt(DAYS), ChronoUnit.DAYS);
    FactBuilder patient =
        fact().kind(ResourceKind.PATIENT).id("p").status("").slot(1005).codes(Demographics.RACE);
    patient.effective(EffectiveTime.at(Instant.parse("1800-01-01T00:00:00Z")));
    rows.add(
        patient
            .known(new KnownTime(START, corrected, KnownTime.Basis.RECORDED))
            .epochs(1, 2L)
            .value(new FactValue.Coded(some(random, WHITE, BLACK, UNKNOWN), null))
            .build());
    rows.add(
        patient
            .version(2)
            .known(new KnownTime(corrected, null, KnownTime.Basis.RECORDED))
            .epochs(2, null)
            .value(new FactValue.Coded(some(random, WHITE, BLACK, UNKNOWN), null))
            .build());
  }
}
