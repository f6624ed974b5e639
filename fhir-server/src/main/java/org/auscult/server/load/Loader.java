package org.auscult.server.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.zip.GZIPInputStream;

/**
 * Loads files: NDJSON as transactions of PUTs, bundles as they are.
 *
 * <p>What a server refuses is found by halving the transaction until one resource is left; it is
 * reported and the rest is loaded. A file that was loaded whole is remembered, so that an
 * interrupted load goes on where it stopped; repeating a PUT changes nothing.
 */
final class Loader {
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
          "Observation");

  private static final String HISTORY_SYSTEM = "https://auscult.org/fhir/CodeSystem/load";

  /** Whether what is loaded is history (safety rule 9) or happens now. */
  enum Nature {
    LIVE,
    HISTORY
  }

  private final FhirHttp http;
  private final References references;
  private final Nature nature;
  private final int batch;
  private final int threads;
  private final LoadState state;

  Loader(FhirHttp http, Nature nature, int batch, int threads, LoadState state) {
    this.http = http;
    this.references = new References(http);
    this.nature = nature;
    this.batch = batch;
    this.threads = threads;
    this.state = state;
  }

  /** The files of a path in the order in which they are loaded. */
  static List<Path> files(Path path) throws IOException {
    if (Files.isRegularFile(path)) {
      return List.of(path);
    }
    try (var found = Files.list(path)) {
      return found
          .filter(Files::isRegularFile)
          .filter(f -> isNdjson(f) || isBundle(f))
          .sorted(Comparator.comparingInt(Loader::rank).thenComparing(Path::toString))
          .toList();
    }
  }

  private static int rank(Path file) {
    String name = file.getFileName().toString();
    if (name.startsWith("hospital")) {
      return -2;
    }
    if (name.startsWith("practitioner") && isBundle(file)) {
      return -1;
    }
    int index = ORDER.indexOf(name.replaceFirst("\\..*", ""));
    return index < 0 ? ORDER.size() : index;
  }

  private static boolean isNdjson(Path file) {
    return file.toString().matches(".*\\.ndjson(\\.gz)?");
  }

  private static boolean isBundle(Path file) {
    String name = file.getFileName().toString();
    return name.matches(".*\\.json(\\.gz)?") && !name.startsWith("manifest");
  }

  private static InputStream open(Path file) throws IOException {
    InputStream in = Files.newInputStream(file);
    return file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in;
  }

  private static BufferedReader lines(Path file) throws IOException {
    return new BufferedReader(new InputStreamReader(open(file), StandardCharsets.UTF_8));
  }

  /** How many resources a file holds. */
  static long count(Path file) throws IOException {
    if (!isNdjson(file)) {
      return 1;
    }
    try (BufferedReader lines = lines(file)) {
      return lines.lines().filter(l -> !l.isBlank()).count();
    }
  }

  void load(List<Path> files, Report report) throws IOException {
    for (Path file : files) {
      if (isNdjson(file)) {
        index(file);
      }
    }
    for (Path file : files) {
      if (state.isDone(file)) {
        report.skipped(count(file));
      } else if (isNdjson(file)) {
        loadLines(file, report);
        state.done(file);
      } else {
        loadBundle(file, report);
        state.done(file);
      }
    }
  }

  /** Only what is referred to by identifier, as Synthea does. */
  private void index(Path file) throws IOException {
    String name = file.getFileName().toString();
    if (!name.matches("(Organization|Location|Practitioner|PractitionerRole|Patient)\\..*")) {
      return;
    }
    try (BufferedReader lines = lines(file)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isBlank()) {
          try {
            if (FhirHttp.JSON.readTree(line) instanceof ObjectNode resource) {
              references.index(new Item(name, 0, resource));
            }
          } catch (JsonProcessingException e) {
            // Reported when the line itself is loaded.
            continue;
          }
        }
      }
    }
  }

  private void loadLines(Path file, Report report) throws IOException {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    Semaphore room = new Semaphore(threads * 2);
    List<Future<?>> running = new ArrayList<>();
    String name = file.getFileName().toString();
    try (BufferedReader lines = lines(file)) {
      List<Item> items = new ArrayList<>();
      int number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (!line.isBlank()) {
          read(name, number, line, report, items);
        }
        if (items.size() == batch) {
          running.add(submit(pool, room, List.copyOf(items), report));
          items.clear();
        }
      }
      running.add(submit(pool, room, List.copyOf(items), report));
      for (Future<?> future : running) {
        future.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("The load was interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof FhirHttp.Unavailable unavailable) {
        throw unavailable;
      }
      throw new IOException("The load failed: " + String.valueOf(e.getCause()).split(":", 2)[0], e);
    } finally {
      pool.shutdownNow();
    }
  }

  private Future<?> submit(ExecutorService pool, Semaphore room, List<Item> items, Report report)
      throws InterruptedException {
    room.acquire();
    return pool.submit(
        () -> {
          try {
            put(items, report);
          } finally {
            room.release();
          }
        });
  }

  private void read(String file, int number, String line, Report report, List<Item> items) {
    try {
      if (FhirHttp.JSON.readTree(line) instanceof ObjectNode resource
          && resource.hasNonNull("resourceType")) {
        Item item = new Item(file, number, resource);
        String unresolved = references.resolve(resource);
        if (unresolved != null) {
          report.refused(
              item.toString(), item.type(), "its reference names no one resource: " + unresolved);
        } else {
          mark(resource);
          items.add(item);
        }
      } else {
        report.refused(file + ":" + number, "?", "the line is no resource");
      }
    } catch (JsonProcessingException e) {
      report.refused(
          file + ":" + number,
          "?",
          "the line is no JSON, at column " + e.getLocation().getColumnNr());
    }
  }

  private void mark(ObjectNode resource) {
    if (nature == Nature.HISTORY) {
      ObjectNode meta = resource.withObject("/meta");
      meta.withArray("tag").addObject().put("system", HISTORY_SYSTEM).put("code", "history");
    }
  }

  private void put(List<Item> items, Report report) {
    if (items.isEmpty()) {
      return;
    }
    ObjectNode bundle = FhirHttp.JSON.createObjectNode();
    bundle.put("resourceType", "Bundle").put("type", "transaction");
    ArrayNode entries = bundle.putArray("entry");
    for (Item item : items) {
      ObjectNode entry = entries.addObject();
      entry.set("resource", item.resource());
      boolean hasId = !item.id().isEmpty();
      entry
          .putObject("request")
          .put("method", hasId ? "PUT" : "POST")
          .put("url", hasId ? item.type() + "/" + item.id() : item.type());
    }
    FhirHttp.Answer answer = http.post(bundle);
    if (answer.isSuccess()) {
      items.forEach(item -> report.loaded(item.type()));
    } else if (items.size() == 1) {
      report.refused(items.get(0).toString(), items.get(0).type(), answer.reason());
    } else {
      int half = items.size() / 2;
      put(items.subList(0, half), report);
      put(items.subList(half, items.size()), report);
    }
  }

  private void loadBundle(Path file, Report report) throws IOException {
    String name = file.getFileName().toString();
    JsonNode bundle;
    try (InputStream in = open(file)) {
      bundle = FhirHttp.JSON.readTree(in);
    } catch (JsonProcessingException e) {
      report.refused(name + ":" + e.getLocation().getLineNr(), "Bundle", "the file is no JSON");
      return;
    }
    for (JsonNode entry : bundle.path("entry")) {
      if (entry.path("resource") instanceof ObjectNode resource) {
        mark(resource);
      }
    }
    FhirHttp.Answer answer = http.post(bundle);
    if (answer.isSuccess()) {
      for (JsonNode entry : bundle.path("entry")) {
        report.loaded(entry.path("resource").path("resourceType").asText("?"));
      }
    } else {
      report.refused(name, "Bundle", answer.reason());
    }
  }
}
