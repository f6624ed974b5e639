package org.auscult.feature;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.auscult.feature.FeatureValue.Missing;
import org.auscult.feature.FeatureValue.Origin;
import org.auscult.feature.FeatureValue.Present;
import org.auscult.timeline.Code;
import org.auscult.timeline.Demographics;
import org.auscult.timeline.Fact;
import org.auscult.timeline.FactOrder;
import org.auscult.timeline.FactValue;
import org.auscult.timeline.PatientSnapshot;
import org.auscult.timeline.ResourceKind;

/** Age, sex (safety rules 7 and 8), and what else a Patient says of the person in codes. */
final class Demography {
  private static final double FEMALE = 1;
  private static final double MALE = 0;
  private static final String NULL_FLAVOR = "http://terminology.hl7.org/CodeSystem/v3-NullFlavor";

  private final ZoneId zone;

  Demography(ZoneId zone) {
    this.zone = zone;
  }

  /**
   * Completed years at an instant, in the site's zone. Who was born on 29 February completes a year
   * on 1 March of a common year.
   *
   * <p>Missing: a partial birth date gives an age only where all of its days give the same one.
   */
  FeatureValue age(PatientSnapshot snapshot, Instant at) {
    List<Fact> born = snapshot.facts(ResourceKind.PATIENT, Set.of(Demographics.BIRTH_DATE));
    Optional<Fact> latest = born.stream().max(Comparator.comparing(f -> f.source().version()));
    if (latest.isEmpty() || !(latest.get().value() instanceof FactValue.Dated dated)) {
      return new Missing(MissingReason.NOT_RECORDED, "no birth date");
    }
    LocalDate today = at.atZone(zone).toLocalDate();
    LocalDate earliest;
    LocalDate last;
    try {
      earliest = first(dated.date());
      last = last(dated.date());
    } catch (DateTimeException | IndexOutOfBoundsException e) {
      return new Missing(MissingReason.UNRECOGNISED_VALUE, "the birth date is no date");
    }
    int oldest = Period.between(earliest, today).getYears();
    int youngest = Period.between(last, today).getYears();
    if (earliest.isAfter(today)) {
      return new Missing(MissingReason.IMPLAUSIBLE, "the birth date lies after the index time");
    }
    if (oldest != youngest) {
      return new Missing(
          MissingReason.AMBIGUOUS, "the birth date is partial: age " + youngest + " or " + oldest);
    }
    return new Present(
        oldest,
        "a",
        null,
        List.of(latest.get().source().reference()),
        at,
        latest.get().known().from(),
        Origin.RECORD);
  }

  /** 1 female, 0 male; never a default. */
  FeatureValue sex(PatientSnapshot snapshot) {
    List<Fact> parameters =
        facts(snapshot, Demographics.SEX_PARAMETER_FOR_CLINICAL_USE).stream()
            .filter(f -> holdsAt(f, snapshot.asOf().at()))
            .toList();
    if (!parameters.isEmpty()) {
      return agreed(parameters, Set.of("female-typical", "female"), Set.of("male-typical", "male"));
    }
    List<Fact> birthSex = facts(snapshot, Demographics.BIRTH_SEX);
    FeatureValue byBirth = agreed(birthSex, Set.of("F"), Set.of("M"));
    if (byBirth instanceof Present) {
      return byBirth;
    }
    return agreed(facts(snapshot, Demographics.GENDER), Set.of("female"), Set.of("male"));
  }

  /**
   * 1 if an element of the Patient is one of the feature's codes, 0 if it is another. Who is of
   * several races is of each of them.
   *
   * <p>Missing: where two languages or addresses hold of which one is among the codes and the other
   * is not, it is ambiguous; where it was asked and not answered, absent.
   */
  FeatureValue is(ResolvedFeature feature, PatientSnapshot snapshot) {
    PatientElement element = Arguments.required(feature.definition().arguments().element());
    List<Fact> facts =
        FactOrder.newest(facts(snapshot, element.code())).stream()
            .filter(f -> holdsAt(f, snapshot.asOf().at()))
            .toList();
    if (facts.isEmpty()) {
      return snapshot.isComplete(ResourceKind.PATIENT)
          ? new Missing(MissingReason.NOT_RECORDED, "not recorded")
          : Values.incomplete(ResourceKind.PATIENT);
    }
    List<Fact> answered = facts.stream().filter(f -> !answers(f).isEmpty()).toList();
    if (answered.isEmpty()) {
      boolean wasAsked = facts.stream().anyMatch(Demography::isUnanswered);
      return wasAsked
          ? new Missing(MissingReason.DATA_ABSENT, "recorded as not known")
          : new Missing(MissingReason.UNRECOGNISED_VALUE, "recorded without a code");
    }
    List<Fact> among =
        answered.stream().filter(f -> !Collections.disjoint(answers(f), feature.codes())).toList();
    if (!among.isEmpty() && among.size() < answered.size()) {
      return new Missing(MissingReason.AMBIGUOUS, "several are recorded, and not all are meant");
    }
    Fact last = answered.get(answered.size() - 1);
    return new Present(
        among.isEmpty() ? 0 : 1,
        "1",
        ((FactValue.Coded) last.value()).text(),
        answered.stream().map(f -> f.source().reference()).distinct().toList(),
        null,
        last.known().from(),
        Origin.RECORD);
  }

  private static Set<Code> answers(Fact fact) {
    return fact.value() instanceof FactValue.Coded coded
        ? coded.codes().stream()
            .filter(c -> !c.system().equals(NULL_FLAVOR))
            .collect(Collectors.toSet())
        : Set.of();
  }

  private static boolean isUnanswered(Fact fact) {
    return fact.value() instanceof FactValue.Coded coded
        && coded.codes().stream().anyMatch(c -> c.system().equals(NULL_FLAVOR));
  }

  private static boolean holdsAt(Fact fact, Instant instant) {
    Instant until = fact.effective().until();
    return until == null || until.isAfter(instant);
  }

  private static List<Fact> facts(PatientSnapshot snapshot, Code code) {
    return snapshot.facts(ResourceKind.PATIENT, Set.of(code));
  }

  private static FeatureValue agreed(List<Fact> facts, Set<String> female, Set<String> male) {
    if (facts.isEmpty()) {
      return new Missing(MissingReason.NOT_RECORDED, "no sex recorded");
    }
    Set<String> codes =
        facts.stream()
            .map(Fact::value)
            .filter(FactValue.Coded.class::isInstance)
            .flatMap(v -> ((FactValue.Coded) v).codes().stream())
            .map(Code::code)
            .collect(Collectors.toSet());
    boolean isFemale = codes.stream().anyMatch(female::contains);
    boolean isMale = codes.stream().anyMatch(male::contains);
    if (isFemale == isMale) {
      return isFemale
          ? new Missing(MissingReason.AMBIGUOUS, "two sex parameters contradict each other")
          : new Missing(
              MissingReason.UNRECOGNISED_VALUE, "recorded sex is neither male nor female");
    }
    Fact fact = facts.get(0);
    return new Present(
        isFemale ? FEMALE : MALE,
        "1",
        isFemale ? "female" : "male",
        List.of(fact.source().reference()),
        null,
        fact.known().from(),
        Origin.RECORD);
  }

  private static LocalDate first(String date) {
    return switch (date.length()) {
      case 4 -> Year.parse(date).atDay(1);
      case 7 -> YearMonth.parse(date).atDay(1);
      default -> LocalDate.parse(date.substring(0, 10));
    };
  }

  private static LocalDate last(String date) {
    return switch (date.length()) {
      case 4 -> Year.parse(date).atMonth(12).atEndOfMonth();
      case 7 -> YearMonth.parse(date).atEndOfMonth();
      default -> LocalDate.parse(date.substring(0, 10));
    };
  }
}
