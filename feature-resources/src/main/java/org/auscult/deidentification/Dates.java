package org.auscult.deidentification;

import java.util.Optional;
import org.auscult.deidentification.PartialDate.Precision;
import org.jspecify.annotations.Nullable;

/** What is left of a date. Pure. */
public final class Dates {
  private final Profile profile;

  public Dates(Profile profile) {
    this.profile = profile;
  }

  /**
   * Masks a FHIR date or dateTime.
   *
   * <p>A date that would tell an age of 90 or more is the pooled year alone.
   *
   * @param person whose date it is; null where that is not known
   * @return empty if nothing of it may pass: it is no date, or its shift is not known
   */
  public Optional<String> date(String text, @Nullable Person person) {
    return masked(text, person).map(PartialDate::toString);
  }

  /** Masks a FHIR instant, which passes only where its time of day does. */
  public Optional<String> instant(String text, @Nullable Person person) {
    return masked(text, person)
        .filter(date -> date.precision() == Precision.TIME)
        .map(PartialDate::toString);
  }

  private Optional<PartialDate> masked(String text, @Nullable Person person) {
    Optional<PartialDate> given = PartialDate.parse(text);
    return switch (profile) {
      case LIMITED -> given;
      case SAFE_HARBOR ->
          person == null
              ? Optional.empty()
              : given.flatMap(d -> year(Math.max(d.first().getYear(), person.pooledYear())));
      case EXPERT -> person == null ? Optional.empty() : given.flatMap(d -> shifted(d, person));
    };
  }

  private static Optional<PartialDate> shifted(PartialDate date, Person person) {
    return date.first().isAfter(person.ninety())
        ? Optional.of(date.plusDays(person.shiftDays()))
        : year(person.pooledYear());
  }

  private static Optional<PartialDate> year(int year) {
    return PartialDate.parse("%04d".formatted(year));
  }
}
