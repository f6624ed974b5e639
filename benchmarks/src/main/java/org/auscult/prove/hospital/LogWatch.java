package org.auscult.prove.hospital;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the server's log must not hold: secrets, data of patients, lines that somebody else wrote.
 */
public final class LogWatch {
  /** What tells of our insides. */
  public static final Pattern INSIDES =
      Pattern.compile(
          "\\bat [a-z]+(\\.[\\w$]+)+\\(|\\b(org\\.(springframework|hibernate|apache|h2|auscult\\.[a-z]+)"
              + "|ca\\.uhn|java\\.(lang|util|io|net|time)|jakarta|javax|com\\.(nimbusds|fasterxml|ctc))"
              + "\\.\\w|Exception\\b|JdbcSQL|SQLState");

  /** Stands in what is sent where a log line could be begun with it. */
  public static final String FORGED = "forged-log-line";

  /** How the server's own lines begin; those of a stack trace follow one. */
  private static final Pattern FORGED_LINE =
      Pattern.compile("(?m)^\\s*(?:\\d{4}-[^\\n]{0,40})?" + FORGED);

  private LogWatch() {}

  /** Looks for passwords, patients and forged lines. */
  public static void check(String log, TwoHospitals hospitals, List<String> failures) {
    long leaked = hospitals.staff().secrets().stream().filter(log::contains).count();
    if (leaked > 0) {
      failures.add("The server's log holds " + leaked + " passwords");
    }
    for (Person person : List.of(hospitals.north(), hospitals.south())) {
      if (log.contains(person.family()) || log.contains(person.value())) {
        failures.add("The server's log holds a patient's data");
      }
    }
    Matcher forged = FORGED_LINE.matcher(log);
    if (forged.find() || log.indexOf('\u001b') >= 0) {
      failures.add("Somebody else wrote a line of the server's log");
    }
  }
}
