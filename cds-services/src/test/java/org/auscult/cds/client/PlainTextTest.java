package org.auscult.cds.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A card's detail for a client that shows no Markdown.
 *
 * <p>Checklist: 69. Safety: 27.
 */
class PlainTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "**10-year risk: 14.7 %**; 10-year risk: 14.7 %",
        "a _b c_ *d* `e` ~~f~~; a b c d e f",
        "snake_case_name stays; snake_case_name stays",
        "5 * 3 * 2; 5 * 3 * 2",
        "## Title; Title",
        "#5 stays; #5 stays",
        "[PREVENT](https://doi.org/1); PREVENT (https://doi.org/1)",
        "[https://a.org](https://a.org); https://a.org",
        "\\[no\\](link) \\*\\*not bold\\*\\*; [no](link) **not bold**",
        "a\\_b\\_c; a_b_c",
        "- one; - one",
        "mm\\[Hg\\]; mm[Hg]"
      })
  void signsAreTakenAway(String markdown, String plain) {
    assertThat(PlainText.of(markdown)).isEqualTo(plain);
  }

  @Test
  void eachRowOfATableIsALine() {
    String markdown =
        """
        What moves the estimate:

        | | value | date | effect |
        |---|---|---|---|
        | age | 50 | 1 Mar 2024 | raises it most |
        | a \\| b | **yes** | | lowers it |

        Also: more.
        """;

    assertThat(PlainText.of(markdown))
        .isEqualTo(
            """
            What moves the estimate:

            - age; value: 50; date: 1 Mar 2024; effect: raises it most
            - a | b; value: yes; effect: lowers it

            Also: more.
            """);
  }

  @Test
  void aTableWithoutHeaderIsReadToo() {
    assertThat(PlainText.of("| a | b |")).isEqualTo("- a; b");
    assertThat(PlainText.of("| a |\n|:-:|\n| 1 |\n\n| b |\n|---|\n| 2 |"))
        .isEqualTo("- a: 1\n\n- b: 2");
  }
}
