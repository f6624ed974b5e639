package org.auscult.deployment;

import java.util.Objects;

/**
 * How what a table of order rules says looks on a card.
 *
 * @param rules {@code url|version}
 * @param label for people: {@code Renal dosing 1.0.0}
 * @param meaning what it looks at and what it does not, Markdown
 * @param sourceUrl absolute address of what it rests on
 */
public record OrderCard(String rules, String label, String meaning, String sourceUrl) {
  public OrderCard {
    Objects.requireNonNull(rules);
    Objects.requireNonNull(label);
    Objects.requireNonNull(meaning);
    Objects.requireNonNull(sourceUrl);
  }
}
