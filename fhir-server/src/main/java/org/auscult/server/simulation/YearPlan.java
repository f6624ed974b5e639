package org.auscult.server.simulation;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Set;

/**
 * What is simulated. The same plan gives the same year.
 *
 * @param start the year's first day
 * @param patientsPerWeek who come into hospital, {@value #FEWEST} to {@value #MOST}
 * @param every how many days lie between two looks of monitoring, 1 to 7; one of 7 is on Mondays
 * @param planted what happens
 * @param suspends whether the deployment lets a critical finding suspend it
 */
public record YearPlan(
    long seed,
    LocalDate start,
    int patientsPerWeek,
    int every,
    Set<Planted> planted,
    boolean suspends) {
  /** With fewer, most rules never have rows enough. */
  public static final int FEWEST = 50;

  /** More take minutes, and find the same. */
  public static final int MOST = 2_000;

  private static final int DAYS = 7;
  private static final LocalDate MONDAY = LocalDate.of(1970, 1, 5);

  /** Whose days, weeks and months count. */
  static final ZoneId ZONE = ZoneOffset.UTC;

  public YearPlan {
    planted = planted.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(planted));
    if (patientsPerWeek < FEWEST || patientsPerWeek > MOST) {
      throw new IllegalArgumentException(
          "patients per week are " + FEWEST + " to " + MOST + ", and not " + patientsPerWeek);
    }
    if (every < 1 || every > DAYS) {
      throw new IllegalArgumentException(
          "monitoring looks every 1 to " + DAYS + " days, and not every " + every);
    }
  }

  /** Whether monitoring looks as a day begins. */
  boolean looks(LocalDate day) {
    return (day.toEpochDay() - MONDAY.toEpochDay()) % every == 0;
  }

  Instant begin() {
    return midnight(start);
  }

  /** Exclusive. */
  Instant end() {
    return midnight(start.plusYears(1));
  }

  /** When something would be planted, whether it is or not. */
  Instant from(Planted what) {
    return midnight(start.plusMonths(what.months()));
  }

  boolean isPlanted(Planted what, Instant at) {
    return planted.contains(what) && !at.isBefore(from(what));
  }

  static Instant midnight(LocalDate day) {
    return day.atStartOfDay(ZONE).toInstant();
  }

  static LocalDate day(Instant instant) {
    return instant.atZone(ZONE).toLocalDate();
  }
}
