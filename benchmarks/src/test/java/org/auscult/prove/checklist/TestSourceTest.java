package org.auscult.prove.checklist;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.auscult.prove.checklist.Mark.Kind;
import org.junit.jupiter.api.Test;

class TestSourceTest {
  /** Split, so that this file itself has no such marks. */
  private static final String LINE = "Check" + "list: ";

  private static final String RULE = "Safe" + "ty: ";

  private static TestSource read(String text) {
    return new TestSource("ATest", text);
  }

  @Test
  void readsMarksOfMethodsAndOfTheClass() {
    TestSource source =
        read(
            "/** All. "
                + RULE
                + "27. */\n@Fast\nclass ATest {\n"
                + "  /**\n   * Long.\n   *\n   * <p>"
                + LINE
                + "13, 14. "
                + RULE
                + "4.\n   */\n"
                + "  @ParameterizedTest(name = \"{0} (of) {1}\")\n"
                + "  @CsvSource({\"a), b\", \"\"\"\n c)\"\"\"})\n"
                + "  public void works(String a) {}\n"
                + "  @Test void unmarked() throws Exception {}\n}");

    assertThat(source.marks())
        .containsExactly(
            new Mark(Kind.SAFETY, 27, "ATest"),
            new Mark(Kind.CHECKLIST, 13, "ATest#works"),
            new Mark(Kind.CHECKLIST, 14, "ATest#works"),
            new Mark(Kind.SAFETY, 4, "ATest#works"));
    assertThat(source.methods()).containsExactlyInAnyOrder("works", "unmarked");
    assertThat(source.problems()).isEmpty();
  }

  @Test
  void aListMayBreakItsLine() {
    assertThat(read("/** " + LINE + "1, 2,\n   * 3. */ @Test void a() {}").marks())
        .extracting(Mark::number)
        .containsExactly(1, 2, 3);
  }

  @Test
  void aMarkAtNoTestIsAProblem() {
    String[] sources = {
      "class ATest { /** " + LINE + "1. */ void helper() {} @Test void t() {} }",
      "class ATest { /** " + LINE + "1. */ @Disabled @Test void off() {} }",
      "/** " + LINE + "1. */ class ATest { void helper() {} }",
      "class ATest { /** " + LINE + "1. */ private static final int X = 1; @Test void t() {} }"
    };
    for (String source : sources) {
      assertThat(read(source).marks()).as(source).isEmpty();
      assertThat(read(source).problems()).as(source).hasSize(1);
    }
  }

  @Test
  void otherCommentsAreNoMarks() {
    assertThat(read("// " + LINE + "1.\n/* " + LINE + "1. */ @Test void a() {}").marks()).isEmpty();
    assertThat(read("/** " + LINE + "see there. */ @Test void a() {}").marks()).isEmpty();
  }

  @Test
  void aTableNamesTestsAndTellsItsGaps() {
    Table table =
        new Table("t.md", Kind.CHECKLIST, "head\n", new TreeMap<>(Map.of(1, "one", 2, "two")));
    List<Mark> marks =
        List.of(
            new Mark(Kind.CHECKLIST, 1, "BTest"),
            new Mark(Kind.CHECKLIST, 1, "ATest#a"),
            new Mark(Kind.SAFETY, 2, "ATest#a"),
            new Mark(Kind.CHECKLIST, 70, "CTest"));

    assertThat(table.text(marks))
        .isEqualTo("head\n| 1 | one | `ATest#a`, `BTest` |\n| 2 | two |  |\n");
    assertThat(table.gaps(marks, 69))
        .containsExactly("Checklist 2 has no test: two", "CTest names Checklist 70, which is none");
  }

  @Test
  void theHazardLogNamesOnlyTestsThatThereAre() {
    Map<String, Set<String>> tests = Map.of("ATest", Set.of("aMethodOfSomeLength"));

    assertThat(
            ChecklistProof.strangers(
                "`ATest`, `BTest`, `aMethodOfSomeLength`, `anotherMethodOfSomeLength`, `exists`",
                tests))
        .containsExactly(
            "docs/safety/README.md names the test BTest, which there is not",
            "docs/safety/README.md names the test anotherMethodOfSomeLength, which there is not");
  }

  @Test
  void eachLineAndRuleInForceIsListed() {
    assertThat(Numbered.read("lines.tsv")).hasSize(56).doesNotContainKeys(46, 57, 64);
    assertThat(Numbered.read("rules.tsv").keySet())
        .containsExactly(
            1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 16, 17, 19, 20, 21, 24, 25, 27);
  }
}
