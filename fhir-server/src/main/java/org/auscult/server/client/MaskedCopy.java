package org.auscult.server.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipException;
import org.auscult.deidentification.KAnonymity;
import org.auscult.deidentification.PseudonymMap;
import org.auscult.deidentification.Tally;
import org.auscult.deidentification.Tally.LeftOut;
import org.auscult.deidentification.fhir.BundleNames;
import org.auscult.deidentification.fhir.QuasiIdentifiers;
import org.auscult.deidentification.fhir.ResourceMasker;
import org.auscult.deidentification.fhir.Survey;

/**
 * Writes a masked copy of files: a first reading learns who died, what definitions there are and
 * who is like whom; the second writes. NDJSON is read line by line, a bundle as a whole.
 *
 * <p>No file of the copy is named after one that could be a person's, and bundles come in a random
 * order.
 */
final class MaskedCopy {
  private static final long EVERY_MILLIS = 3_000;

  private final List<SourceFile> files;
  private final ResourceMasker.Settings settings;
  private final PseudonymMap map;
  private final SecureRandom random;
  private final PrintStream out;
  private final Survey survey = new Survey();
  private final Tally tally = new Tally();
  private final KAnonymity likeness = new KAnonymity();
  private final ResourceMasker masker;
  private final long total;
  private final long start = System.currentTimeMillis();
  private long shownAt = start;
  private long done;
  private int unnamed;

  MaskedCopy(
      List<SourceFile> files,
      ResourceMasker.Settings settings,
      PseudonymMap map,
      SecureRandom random,
      PrintStream out) {
    this.files = new ArrayList<>(files);
    this.settings = settings;
    this.map = map;
    this.random = random;
    this.out = out;
    this.masker = new ResourceMasker(settings, map, survey, tally);
    this.total = files.stream().mapToLong(SourceFile::count).sum();
  }

  /** What became of everything. */
  Tally tally() {
    return tally;
  }

  /** How many persons are alike in the copy, those included that were left out for it. */
  KAnonymity likeness() {
    return likeness;
  }

  /** The first reading. */
  void survey() throws IOException {
    // Counted apart: the second reading meets each Patient again.
    ResourceMasker first = new ResourceMasker(settings, map, survey, new Tally());
    Map<String, List<String>> alike = new HashMap<>();
    for (SourceFile file : files) {
      read(
          file,
          (resource, names) -> {
            survey.see(resource, names);
            String type = resource.path("resourceType").asText();
            if (type.equals("Patient")) {
              first
                  .mask(resource, names, Set.of())
                  .ifPresent(
                      masked ->
                          alike.put(
                              "Patient/" + resource.path("id").asText(),
                              QuasiIdentifiers.of(masked)));
            }
          },
          Reading.SURVEY);
    }
    alike.forEach(likeness::add);
  }

  /**
   * The second reading.
   *
   * @param outside patients who are left out
   */
  void write(Path folder, Set<String> outside) throws IOException {
    Collections.shuffle(files, random);
    for (SourceFile file : files) {
      try (CopyFile copy = new CopyFile(folder, name(file), file.isNdjson())) {
        read(
            file,
            (resource, names) -> {
              var masked = masker.mask(resource, names, outside);
              if (masked.isPresent()) {
                copy.add(masked.get());
              }
              advance();
            },
            Reading.COPY);
      }
    }
  }

  private enum Reading {
    SURVEY,
    COPY
  }

  private interface Taker {
    void take(ObjectNode resource, BundleNames names) throws IOException;
  }

  private void read(SourceFile file, Taker taker, Reading reading) throws IOException {
    int line = 0;
    try {
      if (!file.isNdjson()) {
        readBundle(file, taker);
        return;
      }
      try (BufferedReader lines = file.lines()) {
        for (String text = lines.readLine(); text != null; text = lines.readLine()) {
          line++;
          if (!text.isBlank() && (reading == Reading.COPY || Survey.isOfInterest(text))) {
            readLine(file, line, text, taker, reading);
          }
        }
      }
    } catch (JsonProcessingException | ZipException | EOFException e) {
      unreadable(file.name() + (line == 0 ? "" : ":" + (line + 1)), reading);
    }
  }

  private void readLine(SourceFile file, int line, String text, Taker taker, Reading reading)
      throws IOException {
    JsonNode read;
    try {
      read = FhirHttp.JSON.readTree(text);
    } catch (JsonProcessingException e) {
      read = FhirHttp.JSON.missingNode();
    }
    if (read instanceof ObjectNode resource && resource.hasNonNull("resourceType")) {
      taker.take(resource, BundleNames.NONE);
    } else {
      unreadable(file.name() + ":" + line, reading);
    }
  }

  private static void readBundle(SourceFile file, Taker taker) throws IOException {
    JsonNode bundle;
    try (InputStream in = file.open()) {
      bundle = FhirHttp.JSON.readTree(in);
    }
    if (!bundle.path("resourceType").asText().equals("Bundle")) {
      if (bundle instanceof ObjectNode resource) {
        taker.take(resource, BundleNames.NONE);
      }
      return;
    }
    BundleNames names = BundleNames.of(bundle);
    for (JsonNode entry : bundle.path("entry")) {
      if (entry.path("resource") instanceof ObjectNode resource) {
        taker.take(resource, names);
      }
    }
  }

  /** Said once, in the second reading. */
  private void unreadable(String where, Reading reading) {
    if (reading == Reading.COPY) {
      tally.leftOut("(unreadable)", LeftOut.UNREADABLE);
      out.println("unreadable, left out: " + where);
    }
  }

  private String name(SourceFile file) {
    String given = file.name();
    String zipped = given.endsWith(".gz") ? ".gz" : "";
    String type = given.replaceFirst("\\..*", "");
    if (file.isNdjson()
        && given.matches("[A-Za-z]+(\\.\\d{1,6})?\\.ndjson(\\.gz)?")
        && masker.passes(type)) {
      return given;
    }
    unnamed++;
    return (file.isNdjson() ? "resources-%05d.ndjson" : "bundle-%05d.json").formatted(unnamed)
        + zipped;
  }

  private void advance() {
    done++;
    long now = System.currentTimeMillis();
    if (now - shownAt >= EVERY_MILLIS) {
      shownAt = now;
      double rate = done * 1000.0 / Math.max(1, now - start);
      out.printf(
          "%,d of %,d resources, %.0f resources/s, about %.0f s remaining%n",
          done, total, rate, (total - done) / Math.max(rate, 1));
    }
  }

  /** What was done, in one line. */
  String summary() {
    double seconds = (System.currentTimeMillis() - start) / 1000.0;
    return "%,d resources read in %.1f s (%.0f/s)"
        .formatted(done, seconds, done / Math.max(seconds, 0.001));
  }

  /** One transaction of PUTs, as a load takes it. */
  static ObjectNode bundle(List<ObjectNode> resources) {
    ObjectNode bundle = FhirHttp.JSON.createObjectNode();
    bundle.put("resourceType", "Bundle").put("type", "transaction");
    ArrayNode entries = bundle.putArray("entry");
    for (ObjectNode resource : resources) {
      ObjectNode entry = entries.addObject();
      entry.set("resource", resource);
      String url = resource.path("resourceType").asText() + "/" + resource.path("id").asText();
      entry.putObject("request").put("method", "PUT").put("url", url);
    }
    return bundle;
  }
}
