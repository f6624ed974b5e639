package org.auscult.server.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** A file that can be loaded: NDJSON or a bundle, compressed or not. */
record SourceFile(Path path) {
  /** What others refer to comes first. */
  private static final List<String> ORDER =
      List.of(
          "Organization",
          "Location",
          "Practitioner",
          "PractitionerRole",
          "Patient",
          "Medication",
          "Device",
          "Encounter",
          "Condition",
          "Observation",
          "CareTeam");

  /** The files of a path in the order in which they are loaded. */
  static List<SourceFile> in(Path path) throws IOException {
    if (Files.isRegularFile(path)) {
      return List.of(new SourceFile(path));
    }
    try (var found = Files.list(path)) {
      return found
          .filter(Files::isRegularFile)
          .map(SourceFile::new)
          .filter(file -> file.isNdjson() || file.isBundle())
          .sorted(Comparator.comparingInt(SourceFile::rank).thenComparing(SourceFile::name))
          .toList();
    }
  }

  String name() {
    return path.getFileName().toString();
  }

  private int rank() {
    if (name().startsWith("hospital")) {
      return -2;
    }
    if (name().startsWith("practitioner") && isBundle()) {
      return -1;
    }
    int index = ORDER.indexOf(name().replaceFirst("\\..*", ""));
    return index < 0 ? ORDER.size() : index;
  }

  boolean isNdjson() {
    return name().matches(".*\\.ndjson(\\.gz)?");
  }

  private boolean isBundle() {
    return name().matches(".*\\.json(\\.gz)?") && !name().startsWith("manifest");
  }

  /** Whether it holds what others refer to by identifier, as Synthea does. */
  boolean isReferredTo() {
    return isNdjson()
        && name().matches("(Organization|Location|Practitioner|PractitionerRole|Patient)\\..*");
  }

  InputStream open() throws IOException {
    InputStream in = Files.newInputStream(path);
    return name().endsWith(".gz") ? new GZIPInputStream(in) : in;
  }

  BufferedReader lines() throws IOException {
    return new BufferedReader(new InputStreamReader(open(), StandardCharsets.UTF_8));
  }

  /** How many resources it holds, as far as it can be read. */
  long count() {
    long count = 0;
    try {
      if (!isNdjson()) {
        return Math.max(1, countEntries());
      }
      try (BufferedReader lines = lines()) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          count += line.isBlank() ? 0 : 1;
        }
      }
    } catch (IOException e) {
      // Reported when the file itself is loaded.
      return count;
    }
    return count;
  }

  private long countEntries() throws IOException {
    try (InputStream in = open();
        JsonParser json = FhirHttp.JSON.createParser(in)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean isEntry = json.currentName().equals("entry");
        if (json.nextToken() == JsonToken.START_ARRAY && isEntry) {
          long entries = 0;
          while (json.nextToken() == JsonToken.START_OBJECT) {
            json.skipChildren();
            entries++;
          }
          return entries;
        }
        json.skipChildren();
      }
    }
    return 1;
  }
}
