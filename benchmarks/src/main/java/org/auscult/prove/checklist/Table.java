package org.auscult.prove.checklist;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A committed table: what is numbered, and the tests that say that they test it.
 *
 * @param path in the repository
 * @param head what stands above the table
 * @param numbers what needs a test, with its text
 */
record Table(String path, Mark.Kind kind, String head, SortedMap<Integer, String> numbers) {

  /** The whole file. */
  String text(List<Mark> marks) {
    StringBuilder text = new StringBuilder(head);
    numbers.forEach(
        (number, what) ->
            text.append("| ")
                .append(number)
                .append(" | ")
                .append(what)
                .append(" | ")
                .append(
                    tests(number, marks).stream()
                        .map(test -> "`" + test + "`")
                        .collect(Collectors.joining(", ")))
                .append(" |\n"));
    return text.toString();
  }

  private TreeSet<String> tests(int number, List<Mark> marks) {
    return marks.stream()
        .filter(m -> m.kind() == kind && m.number() == number)
        .map(Mark::test)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Numbers that no test names, and numbers that tests name although there is no such thing. */
  List<String> gaps(List<Mark> marks, int last) {
    List<String> gaps = new ArrayList<>();
    numbers.forEach(
        (number, what) -> {
          if (tests(number, marks).isEmpty()) {
            gaps.add(kind.word() + " " + number + " has no test: " + what);
          }
        });
    marks.stream()
        .filter(m -> m.kind() == kind && (m.number() < 1 || m.number() > last))
        .forEach(
            m ->
                gaps.add(
                    m.test() + " names " + kind.word() + " " + m.number() + ", which is none"));
    return gaps;
  }
}
