package org.auscult.server.bundle;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** The resources of the bundled patients, as they were generated; their README says how. */
public final class BundledResources {
  /** The day on which the generated history ends. */
  public static final LocalDate GENERATED = LocalDate.of(2025, 1, 1);

  private BundledResources() {}

  /** Those of a type, each as one line of JSON. */
  public static List<String> lines(String type) {
    String name = "/org/auscult/demo/" + type + ".ndjson.gz";
    try (InputStream in =
            Objects.requireNonNull(BundledResources.class.getResourceAsStream(name), name);
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(new GZIPInputStream(in), StandardCharsets.UTF_8))) {
      return lines.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
