package org.auscult.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

/** How a card reads in a terminal. */
class PlainCardTest {
  @Test
  void showsIndicatorSummaryAndSource() {
    assertThat(PlainCard.of(card("")))
        .contains("[WARNING]  10-year risk 12 %")
        .contains("Source: PREVENT 2023");
  }

  @Test
  void takesTheMarksOfMarkdownAway() {
    assertThat(PlainCard.of(card("**What it means**\nrisk \\> 7.5 \\%")))
        .contains("  What it means\n")
        .contains("risk > 7.5 %")
        .doesNotContain("*", "\\");
  }

  @Test
  void wrapsLongParagraphsAndLosesNoWord() {
    String words = "alpha beta gamma delta epsilon ".repeat(20).trim();

    String shown = PlainCard.of(card(words));

    assertThat(shown.lines()).allMatch(line -> line.length() <= 94);
    assertThat(String.join(" ", shown.lines().map(String::trim).toList())).contains(words);
  }

  @Test
  void showsTablesInColumns() {
    String shown =
        PlainCard.of(
            card("| Input | Value | When |\n| --- | --- | --- |\n| Pressure | 160 mmHg | today |"));

    String title = shown.lines().filter(l -> l.contains("Input")).findFirst().orElseThrow();
    String row = shown.lines().filter(l -> l.contains("Pressure")).findFirst().orElseThrow();
    assertThat(row.indexOf("160 mmHg")).isEqualTo(title.indexOf("Value"));
    assertThat(row.indexOf("today")).isEqualTo(title.indexOf("When"));
    assertThat(shown).doesNotContain("---", "|");
  }

  @Test
  void keepsColumnsApartWhateverTheirLength() {
    String shown = PlainCard.of(card("| " + "x".repeat(30) + " | 160 mmHg |"));

    assertThat(shown).contains("x".repeat(30) + "  160 mmHg");
  }

  @Test
  void showsLinksAsTextAndSuggestionsAsButtons() {
    ObjectNode card = card("Rule: [Label, section 2](https://example.org/label), 2026.");
    card.putArray("suggestions").addObject().put("label", "Remove the order");

    assertThat(PlainCard.of(card))
        .contains("Rule: Label, section 2 (https://example.org/label), 2026.")
        .contains("[ Remove the order ]");
  }

  private static ObjectNode card(String detail) {
    ObjectNode card = new ObjectMapper().createObjectNode();
    card.put("summary", "10-year risk 12 %").put("indicator", "warning").put("detail", detail);
    card.putObject("source").put("label", "PREVENT 2023");
    return card;
  }
}
