package org.auscult.prove.checklist;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A committed table: what has a number, and the tests that say that they test it.
 *
 * @param path in the repository
 * @param head what stands above the table
 * @param lines what needs a test
 */
record Table(String path, Mark.Kind kind, String head, Numbered lines) {

  /** The whole file. */
  String text(List<Mark> marks) {
    StringBuilder text = new StringBuilder(head);
    lines
        .inForce()
        .forEach(
            (line, what) ->
                text.append("| ")
                    .append(line)
                    .append(" | ")
                    .append(what)
                    .append(" | ")
                    .append(
                        tests(line, marks).stream()
                            .map(test -> "`" + test + "`")
                            .collect(Collectors.joining(", ")))
                    .append(" |\n"));
    if (!lines.later().isEmpty()) {
      text.append("\nNot in force yet: ").append(String.join(", ", lines.later())).append(".\n");
    }
    return text.toString();
  }

  private TreeSet<String> tests(String line, List<Mark> marks) {
    return marks.stream()
        .filter(m -> m.kind() == kind && m.line().equals(line))
        .map(Mark::test)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Lines that no test names, and lines that tests name although there is no such thing. */
  List<String> gaps(List<Mark> marks) {
    List<String> gaps = new ArrayList<>();
    lines
        .inForce()
        .forEach(
            (line, what) -> {
              if (tests(line, marks).isEmpty()) {
                gaps.add(kind.word() + " " + line + " has no test: " + what);
              }
            });
    marks.stream()
        .filter(m -> m.kind() == kind && !lines.knows(m.line()))
        .forEach(
            m -> gaps.add(m.test() + " names " + kind.word() + " " + m.line() + ", which is none"));
    return gaps;
  }
}
