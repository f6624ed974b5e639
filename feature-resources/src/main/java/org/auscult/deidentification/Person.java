package org.auscult.deidentification;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What one person's dates are held against.
 *
 * @param ninety who was born on this day or before is 90 at their death, or when the copy is made
 * @param pooledYear stands for the year of every date that would tell such an age
 * @param shiftDays added to each date where dates are shifted
 */
public record Person(LocalDate ninety, int pooledYear, int shiftDays) {
  private static final int OLDEST = 90;

  /**
   * A person by their death.
   *
   * <p>The pooled year of the dead counts from the shifted death: from the true one, the shift
   * could be told.
   *
   * @param death a FHIR date; null, or what is no date, if they live
   * @param today when the copy is made
   */
  public static Person of(@Nullable String death, LocalDate today, int shiftDays) {
    LocalDate died =
        death == null
            ? null
            : PartialDate.parse(death)
                .map(PartialDate::last)
                .filter(day -> day.isBefore(today))
                .orElse(null);
    if (died == null) {
      return new Person(today.minusYears(OLDEST), today.getYear() - OLDEST, shiftDays);
    }
    int year = died.plusDays(shiftDays).getYear() - OLDEST;
    return new Person(died.minusYears(OLDEST), year, shiftDays);
  }
}
