package org.auscult.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/access-policy.md} is the policy's text as a page. */
class PolicyPageTest {
  private static final Path PAGE = Path.of("..", "docs", "access-policy.md");

  /** With {@code -Dauscult.write-page} it writes the page instead. */
  @Test
  void saysWhatThePolicySays() throws IOException {
    if (System.getProperty("auscult.write-page") != null) {
      Files.writeString(PAGE, page());
    }
    assertThat(Files.readString(PAGE)).isEqualTo(page());
  }

  private static String page() {
    List<String> lines = PolicyTable.text().lines().toList();
    return "# Who may do what\n\nMade from `policy.txt` in `interceptors`; a test holds the two"
        + " together. A scope must permit it too.\n\n"
        + rows(lines)
        + "\n## How to read it\n\n```\n"
        + lines.stream()
            .takeWhile(line -> !line.startsWith("group "))
            .map(line -> line.replaceFirst("^# ?", ""))
            .collect(Collectors.joining("\n"))
            .strip()
        + "\n```\n\n## Purposes of use\n\n"
        + purposes(lines)
        + "\n## What operations need\n\n| operation | scopes |\n| --- | --- |\n"
        + lines.stream()
            .filter(line -> line.startsWith("operation "))
            .map(line -> line.substring("operation ".length()).split(" needs ", 2))
            .map(
                sides ->
                    "| `"
                        + sides[0].replace(" of all", "` (of all patients)")
                        + tick(sides[0])
                        + " | `"
                        + sides[1]
                        + "` |\n")
            .collect(Collectors.joining())
        + "\n## Groups of types\n\n"
        + lines.stream()
            .filter(line -> line.startsWith("group "))
            .map(line -> line.substring("group ".length()).split(" = ", 2))
            .map(sides -> "- **" + sides[0] + "**: " + sides[1].replace(" ", ", ") + "\n")
            .collect(Collectors.joining());
  }

  private static String purposes(List<String> lines) {
    StringBuilder page = new StringBuilder("| purpose | may | of |\n| --- | --- | --- |\n");
    for (String line : lines) {
      if (line.startsWith("purpose ")) {
        String[] parts =
            line.replaceFirst("purpose (\\S+) +may (.+?) +of (.+)", "$1;$2;$3").split(";");
        page.append("| " + String.join(" | ", parts) + " |\n");
      }
    }
    page.append("\nOf these types no more than these elements, beside id and meta:\n\n");
    for (String line : lines) {
      if (line.startsWith("elements ")) {
        page.append("- " + line.substring("elements ".length()).replace(" =", ":") + "\n");
      }
    }
    return page.toString();
  }

  private static String tick(String name) {
    return name.endsWith(" of all") ? "" : "`";
  }

  private static String rows(List<String> lines) {
    StringBuilder rows = new StringBuilder();
    for (String line : lines) {
      if (line.contains("|") && !line.startsWith("#")) {
        rows.append("| ");
        for (String cell : line.split("\\|")) {
          rows.append(cell.strip()).append(" | ");
        }
        rows.setLength(rows.length() - 1);
        rows.append('\n');
        if (line.startsWith("role ")) {
          rows.append("| --- | --- | --- | --- | --- |\n");
        }
      }
    }
    return rows.toString();
  }
}
