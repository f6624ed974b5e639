package org.auscult.prove.physionet;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** The stays of the challenge's file, as it has them. */
final class StayFile {
  private StayFile() {}

  /**
   * One line.
   *
   * @param minute since admission
   * @param value as it is written
   */
  record Line(int minute, String variable, String value) {}

  /** One stay with its lines in the file's order. */
  record Stay(String id, List<Line> lines) {
    Stay {
      lines = List.copyOf(lines);
    }
  }

  static List<Stay> read(Path file) throws IOException {
    Map<String, List<Line>> stays = new LinkedHashMap<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      lines
          .lines()
          .skip(1)
          .map(line -> line.split(",", -1))
          .forEach(
              cells ->
                  stays
                      .computeIfAbsent(cells[0], id -> new ArrayList<>())
                      .add(new Line(minute(cells[1]), cells[2], cells[3])));
    } catch (UncheckedIOException e) {
      throw new IOException(file + " cannot be read", e);
    }
    List<Stay> read = new ArrayList<>();
    stays.forEach((id, lines) -> read.add(new Stay(id, lines)));
    return read;
  }

  private static int minute(String time) {
    int colon = time.indexOf(':');
    return 60 * Integer.parseInt(time.substring(0, colon))
        + Integer.parseInt(time.substring(colon + 1));
  }
}
