package org.auscult.prove.checklist;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
            new Mark(Kind.SAFETY, "27", "ATest"),
            new Mark(Kind.CHECKLIST, "13", "ATest#works"),
            new Mark(Kind.CHECKLIST, "14", "ATest#works"),
            new Mark(Kind.SAFETY, "4", "ATest#works"));
    assertThat(source.methods()).containsExactlyInAnyOrder("works", "unmarked");
    assertThat(source.problems()).isEmpty();
  }

  @Test
  void aListMayBreakItsLine() {
    assertThat(read("/** " + LINE + "1, 2,\n   * 3. */ @Test void a() {}").marks())
        .extracting(Mark::line)
        .containsExactly("1", "2", "3");
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
        new Table("t.md", Kind.CHECKLIST, "head\n", Numbered.of("1\tone\n2\ttwo\n#3\tthree\n"));
    List<Mark> marks =
        List.of(
            new Mark(Kind.CHECKLIST, "1", "BTest"),
            new Mark(Kind.CHECKLIST, "1", "ATest#a"),
            new Mark(Kind.SAFETY, "2", "ATest#a"),
            new Mark(Kind.CHECKLIST, "3", "CTest"),
            new Mark(Kind.CHECKLIST, "70", "CTest"));

    assertThat(table.text(marks))
        .isEqualTo(
            "head\n| 1 | one | `ATest#a`, `BTest` |\n| 2 | two |  |\n\nNot in force yet: 3.\n");
    assertThat(table.gaps(marks))
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
  void readsParagraphsOfAnAct() {
    assertThat(read("/** Govern" + "ance: 11.10(e), 11.50. */ @Test void a() {}").marks())
        .extracting(Mark::line)
        .containsExactly("11.10(e)", "11.50");
  }

  @Test
  void everyNumberOfEachListIsThere() {
    assertThat(numbers("lines.tsv")).hasSize(69);
    assertThat(numbers("smart.tsv")).hasSize(43);
    assertThat(numbers("rules.tsv")).hasSize(35);
  }

  private static Set<String> numbers(String file) {
    Numbered list = Numbered.read(file);
    Set<String> all = new HashSet<>(list.inForce().keySet());
    all.addAll(list.later());
    return all;
  }
}
