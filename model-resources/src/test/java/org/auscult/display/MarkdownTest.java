package org.auscult.display;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkdownTest {
  @ParameterizedTest
  @CsvSource({
    "<script>alert(1)</script>,\\<script\\>alert(1)\\</script\\>",
    "[x](javascript:1),\\[x\\](javascript:1)",
    "see https://evil.example.com,see https\\://evil\\.example\\.com",
    "plain words - 7.5 %,plain words - 7.5 %"
  })
  void showsMarkupAsItIs(String text, String escaped) {
    assertThat(Markdown.escaped(text)).isEqualTo(escaped);
  }
}
