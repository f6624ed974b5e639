package org.auscult.order;

import java.util.Objects;

/**
 * Where a rule comes from.
 *
 * @param url absolute address, or that of its doi
 * @param date of the source: {@code 2016-04-08}, {@code 2023-05} or {@code 2023}
 * @param confirmed where cut-off and measure were read again when the rule was written
 */
public record RuleSource(String title, String url, String date, String confirmed) {
  public RuleSource {
    Objects.requireNonNull(title);
    Objects.requireNonNull(url);
    Objects.requireNonNull(date);
    Objects.requireNonNull(confirmed);
  }
}
