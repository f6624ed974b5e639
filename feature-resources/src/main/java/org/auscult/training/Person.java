package org.auscult.training;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.auscult.timeline.Code;
import org.auscult.timeline.Demographics;
import org.auscult.timeline.Fact;
import org.auscult.timeline.FactValue;
import org.auscult.timeline.ResourceKind;
import org.jspecify.annotations.Nullable;

/**
 * Who a patient is, as the record says it at a data set's cut: for splits, for what lies before
 * birth or after death, and for comparing populations.
 *
 * @param born the first instant of the earliest day that the birth date allows; null if none
 * @param died the instant after which the patient was dead for sure; null if alive, or undated
 * @param birthDate as recorded; null if none
 * @param sex administrative gender; null if none
 * @param traits categories by variable: sex, race, site and what else is recorded
 */
public record Person(
    @Nullable Instant born,
    @Nullable Instant died,
    @Nullable String birthDate,
    @Nullable String sex,
    Map<String, String> traits) {
  private static final String UNKNOWN = "unknown";

  /** Of these a number is compared, or nothing. */
  private static final Set<Code> NO_CATEGORY =
      Set.of(Demographics.BIRTH_DATE, Demographics.DECEASED, Demographics.INACTIVE);

  public Person {
    traits = Map.copyOf(traits);
  }

  /**
   * Reads one.
   *
   * @param facts what was known at the cut
   */
  public static Person of(List<Fact> facts, List<Stay> stays, ZoneId zone) {
    Map<Code, Fact> said = new HashMap<>();
    for (Fact fact : facts) {
      if (fact.source().kind() == ResourceKind.PATIENT) {
        fact.codes().forEach(code -> said.merge(code, fact, Person::newer));
      }
    }
    Map<String, String> traits = new TreeMap<>();
    traits.put("gender", UNKNOWN);
    said.forEach(
        (code, fact) -> {
          if (!NO_CATEGORY.contains(code) && fact.value() instanceof FactValue.Coded coded) {
            traits.put(code.code(), category(coded));
          }
        });
    String site = stays.isEmpty() ? null : stays.get(stays.size() - 1).site();
    traits.put("site", site == null ? UNKNOWN : site);
    String birth = dated(said.get(Demographics.BIRTH_DATE));
    String gender = traits.get("gender");
    return new Person(
        birth == null ? null : start(birth, zone),
        end(dated(said.get(Demographics.DECEASED)), zone),
        birth,
        UNKNOWN.equals(gender) ? null : gender,
        traits);
  }

  private static Fact newer(Fact a, Fact b) {
    return b.source().version() > a.source().version() ? b : a;
  }

  private static String category(FactValue.Coded coded) {
    return coded.codes().stream()
        .map(Code::code)
        .sorted()
        .distinct()
        .collect(Collectors.joining("+"));
  }

  private static @Nullable String dated(@Nullable Fact fact) {
    return fact != null && fact.value() instanceof FactValue.Dated dated ? dated.date() : null;
  }

  /** Patients of one slot may be copies of each other; who has no birth date is alone in his. */
  String slot(String patient) {
    return birthDate == null ? "patient " + patient : birthDate + " " + sex;
  }

  /** Completed years at a time; null if that is not known. */
  @Nullable Integer age(Instant at, ZoneId zone) {
    if (born == null || born.isAfter(at)) {
      return null;
    }
    LocalDate today = at.atZone(zone).toLocalDate();
    return Period.between(born.atZone(zone).toLocalDate(), today).getYears();
  }

  private static @Nullable Instant start(String date, ZoneId zone) {
    try {
      return switch (date.length()) {
        case 4 -> Year.parse(date).atDay(1).atStartOfDay(zone).toInstant();
        case 7 -> YearMonth.parse(date).atDay(1).atStartOfDay(zone).toInstant();
        case 10 -> LocalDate.parse(date).atStartOfDay(zone).toInstant();
        default -> OffsetDateTime.parse(date).toInstant();
      };
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static @Nullable Instant end(@Nullable String date, ZoneId zone) {
    if (date == null) {
      return null;
    }
    try {
      return switch (date.length()) {
        case 4 -> Year.parse(date).plusYears(1).atDay(1).atStartOfDay(zone).toInstant();
        case 7 -> YearMonth.parse(date).plusMonths(1).atDay(1).atStartOfDay(zone).toInstant();
        case 10 -> LocalDate.parse(date).plusDays(1).atStartOfDay(zone).toInstant();
        default -> OffsetDateTime.parse(date).toInstant();
      };
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** Counts this one among a population: {@code cohort} or {@code target}. */
  void count(Tally tally, String population, Instant at, ZoneId zone) {
    tally.add(population + "/all");
    traits.forEach((variable, category) -> tally.add(population + "/" + variable + "/" + category));
    Integer age = age(at, zone);
    if (age != null) {
      tally.add(population + "-age/n");
      tally.add(population + "-age/sum", age);
      tally.add(population + "-age/squares", (long) age * age);
    }
    tally.add(population + "/age/" + ageBand(at, zone));
  }

  /** In which band of ages the patient was at a time; {@code unknown} if nobody knows. */
  public String ageBand(Instant at, ZoneId zone) {
    Integer age = age(at, zone);
    if (age == null) {
      return UNKNOWN;
    }
    if (age < 18) {
      return "0-17";
    }
    if (age < 40) {
      return "18-39";
    }
    if (age < 65) {
      return "40-64";
    }
    return age < 80 ? "65-79" : "80+";
  }
}
