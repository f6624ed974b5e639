package org.auscult.prove.checklist;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The lines of a list, in its order: {@code number<TAB>text} in a file beside this class. A {@code
 * #} before the number says that the line is not in force yet.
 *
 * @param inForce what needs a test, with its text
 * @param later numbers of lines that are not in force yet
 */
record Numbered(Map<String, String> inForce, Set<String> later) {
  /**
   * @param file beside this class
   */
  static Numbered read(String file) {
    try (InputStream stream = Numbered.class.getResourceAsStream(file)) {
      return of(
          new String(Objects.requireNonNull(stream, file).readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Numbered of(String text) {
    Map<String, String> inForce = new LinkedHashMap<>();
    Set<String> later = new LinkedHashSet<>();
    for (String line : text.split("\n")) {
      if (line.startsWith("#")) {
        later.add(line.substring(1).split("\t", 2)[0]);
      } else if (!line.isBlank()) {
        String[] parts = line.split("\t", 2);
        inForce.put(parts[0], parts[1].strip());
      }
    }
    return new Numbered(inForce, later);
  }

  boolean knows(String line) {
    return inForce.containsKey(line) || later.contains(line);
  }
}
