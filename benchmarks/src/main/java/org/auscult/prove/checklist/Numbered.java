package org.auscult.prove.checklist;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** What is to be tested, by number: lines of {@code number<TAB>text} beside this class. */
final class Numbered {
  private Numbered() {}

  /**
   * @param file beside this class
   */
  static SortedMap<Integer, String> read(String file) {
    SortedMap<Integer, String> lines = new TreeMap<>();
    try (InputStream stream = Numbered.class.getResourceAsStream(file)) {
      String text =
          new String(Objects.requireNonNull(stream, file).readAllBytes(), StandardCharsets.UTF_8);
      for (String line : text.split("\n")) {
        if (!line.isBlank()) {
          String[] parts = line.split("\t", 2);
          lines.put(Integer.valueOf(parts[0]), parts[1].strip());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return lines;
  }
}
