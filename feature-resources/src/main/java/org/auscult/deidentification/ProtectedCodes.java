package org.auscult.deidentification;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Codes of conditions under special protection (safety rule 34), as a site lists them: {@code
 * system|code}, or {@code system|start*} for all codes that start so.
 */
public final class ProtectedCodes {
  /** No code is protected. */
  public static final ProtectedCodes NONE = new ProtectedCodes(Set.of(), List.of());

  private final Set<String> whole;
  private final List<String> starts;

  private ProtectedCodes(Set<String> whole, List<String> starts) {
    this.whole = Set.copyOf(whole);
    this.starts = List.copyOf(starts);
  }

  /**
   * Reads a list; lines that are empty or begin with # are passed over.
   *
   * @throws IllegalArgumentException if a line names no system and code
   */
  public static ProtectedCodes parse(List<String> lines) {
    Set<String> whole = new HashSet<>();
    List<String> starts = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).trim();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      if (!line.matches("[^|\\s]+\\|[^|\\s]+")) {
        throw new IllegalArgumentException("Line " + (i + 1) + " is not system|code");
      }
      if (line.endsWith("*")) {
        starts.add(line.substring(0, line.length() - 1));
      } else {
        whole.add(line);
      }
    }
    return new ProtectedCodes(whole, starts);
  }

  /** Whether a code is in the list. */
  public boolean contains(String system, String code) {
    String text = system + "|" + code;
    return whole.contains(text) || starts.stream().anyMatch(text::startsWith);
  }

  /** Whether the list is empty. */
  public boolean isEmpty() {
    return whole.isEmpty() && starts.isEmpty();
  }
}
