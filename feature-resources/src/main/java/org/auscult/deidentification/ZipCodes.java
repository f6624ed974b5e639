package org.auscult.deidentification;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The first three digits of a ZIP code, where more than 20,000 people live behind them.
 *
 * <p>Source: 45 CFR 164.514(b)(2)(i)(B). The areas of 20,000 or fewer people are those that HHS
 * named from the Census of 2000 (guidance of 26 November 2012, 17 areas) together with those that
 * the ZIP Code Tabulation Areas of the Censuses of 2010 and 2020 add. An area that grew stays on
 * the list: that errs to the side of the person.
 */
public final class ZipCodes {
  /** In place of an area of few people. */
  public static final String FEW_PEOPLE = "000";

  private static final Pattern ZIP = Pattern.compile("(\\d{3})\\d{2}(?:-?\\d{4})?");

  /** 2000: 17 areas. 2010 and 2020: 202, 204, 205, 369, 753, 772. */
  private static final Set<String> RESTRICTED =
      Set.of(
          "036", "059", "063", "102", "202", "203", "204", "205", "369", "556", "692", "753", "772",
          "790", "821", "823", "830", "831", "878", "879", "884", "890", "893");

  /** Abroad, military, of one addressee, or not in use: nobody is counted as living there. */
  private static final Pattern WITHOUT_RESIDENTS =
      Pattern.compile(
          "00[0-4]|09\\d|192|213|269|34[0358]|353|375|399|4[12]9|428|509|51[789]|529|533|536|552"
              + "|555|56[89]|57[89]|589|621|632|64[239]|659|663|682|69[4-9]|702|709|715|73[23]|742"
              + "|771|81[789]|839|842|84[89]|854|858|86[126789]|872|876|88[5-9]|892|89[69]|909|929"
              + "|96[2-6]|987");

  private ZipCodes() {}

  /**
   * The three digits, or 000.
   *
   * @return empty for what is no ZIP code
   */
  public static Optional<String> coarse(String zip) {
    Matcher digits = ZIP.matcher(zip.trim());
    if (!digits.matches()) {
      return Optional.empty();
    }
    String area = digits.group(1);
    boolean few = RESTRICTED.contains(area) || WITHOUT_RESIDENTS.matcher(area).matches();
    return Optional.of(few ? FEW_PEOPLE : area);
  }

  /** A whole ZIP code, as a limited data set keeps it; empty for what is none. */
  public static Optional<String> whole(String zip) {
    return Optional.of(zip.trim()).filter(text -> ZIP.matcher(text).matches());
  }
}
