package org.auscult.server.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.auscult.server.client.LoadState.Progress;
import org.auscult.server.client.Report.Done;
import org.jspecify.annotations.Nullable;

/**
 * Loads files: NDJSON and bundles, as transactions of PUTs; what has no id is given one.
 *
 * <p>What a server refuses is found by halving the transaction until one resource is left; it is
 * reported and the rest is loaded. The leading lines of a file that were all loaded are remembered,
 * so that an interrupted load goes on where it stopped; repeating a PUT changes nothing. A memory
 * whose witness the server does not have speaks of another store, and is not believed.
 */
final class Loader {
  private static final String HISTORY_SYSTEM = "https://auscult.org/fhir/CodeSystem/load";
  private static final String HISTORY_CODE = "history";
  private static final String LAG_SYSTEM = "https://auscult.org/fhir/load-lag";

  /**
   * Whether what is loaded is history (safety rule 9) or happens now.
   *
   * @param lag how long after it took effect an undated fact of history was known; null: it is live
   */
  record Nature(@Nullable Duration lag) {
    static final Nature LIVE = new Nature(null);
    static final Nature HISTORY = new Nature(Duration.ZERO);

    @Override
    public String toString() {
      return lag == null ? "LIVE" : lag.isZero() ? "HISTORY" : "HISTORY " + lag;
    }
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

  void load(List<SourceFile> files, Report report) throws IOException {
    for (SourceFile file : files) {
      if (file.isReferredTo()) {
        index(file, LoadState.givenId(state.key(file.path())));
      }
    }
    for (SourceFile file : files) {
      String key = state.key(file.path());
      Progress before = state.progress(key);
      if (!before.witness().isEmpty() && !http.has(before.witness())) {
        before = Progress.NONE;
      }
      if (file.isNdjson()) {
        new Lines(file, key, before, report).load();
      } else if (before.lines() > 0) {
        report.skipped(file.count());
      } else {
        loadBundle(file, key, report);
      }
    }
  }

  private void index(SourceFile file, GivenId givenId) throws IOException {
    int number = 0;
    try (BufferedReader lines = file.lines()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        try {
          if (!line.isBlank() && FhirHttp.JSON.readTree(line) instanceof ObjectNode resource) {
            givenId.completeLine(resource, number);
            references.index(new Item(file.name(), 0, resource));
          }
        } catch (JsonProcessingException e) {
          // Reported when the line itself is loaded.
          continue;
        }
      }
    } catch (IOException e) {
      // Reported when the file itself is loaded.
      return;
    }
  }

  /** Loads one NDJSON file: this thread reads, others send. */
  private final class Lines {
    private final SourceFile file;
    private final String key;
    private final GivenId givenId;
    private final Report report;
    private final ExecutorService pool = Executors.newFixedThreadPool(threads);
    private final Semaphore room = new Semaphore(threads * 2);
    private final Deque<Sending> running = new ArrayDeque<>();
    private Progress progress;
    private boolean allLoaded = true;
    private boolean readAll = true;
    private List<Item> items = new ArrayList<>();
    private int number;

    Lines(SourceFile file, String key, Progress before, Report report) {
      this.file = file;
      this.key = key;
      this.givenId = LoadState.givenId(key);
      this.progress = before;
      this.report = report;
    }

    /**
     * One batch under way.
     *
     * @param upTo the last line of the file that was read for it
     * @param complete whether no line up to it was refused before sending
     */
    private record Sending(Future<Boolean> loaded, int upTo, boolean complete, String witness) {}

    void load() throws IOException {
      try {
        read();
        submit();
        while (!running.isEmpty()) {
          settle(running.remove());
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("The load was interrupted", e);
      } finally {
        pool.shutdownNow();
      }
    }

    private void read() throws IOException, InterruptedException {
      long before = progress.lines();
      try (BufferedReader lines = file.lines()) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          number++;
          if (number <= before) {
            report.skipped(line.isBlank() ? 0 : 1);
          } else if (!line.isBlank()) {
            read(line);
          }
          if (items.size() == batch) {
            submit();
          }
        }
      } catch (InterruptedException e) {
        throw e;
      } catch (FhirHttp.Unavailable e) {
        throw e;
      } catch (IOException e) {
        refuse(number + 1, "?", "the file cannot be read further: it is cut off or damaged");
      }
    }

    private void read(String line) {
      try {
        if (FhirHttp.JSON.readTree(line) instanceof ObjectNode resource
            && resource.hasNonNull("resourceType")) {
          givenId.completeLine(resource, number);
          Item item = new Item(file.name(), number, resource);
          String unresolved = references.resolve(resource);
          if (unresolved == null) {
            mark(resource);
            items.add(item);
          } else {
            readAll = false;
            report.refused(
                item.toString(), item.type(), "its reference names no one resource: " + unresolved);
          }
        } else {
          refuse(number, "?", "the line is no resource");
        }
      } catch (JsonProcessingException e) {
        refuse(number, "?", "the line is no JSON, at column " + e.getLocation().getColumnNr());
      }
    }

    private void refuse(int line, String type, String reason) {
      readAll = false;
      report.refused(file.name() + ":" + line, type, reason);
    }

    private void submit() throws IOException, InterruptedException {
      if (items.isEmpty()) {
        return;
      }
      List<Item> sent = List.copyOf(items);
      items = new ArrayList<>();
      room.acquire();
      Future<Boolean> loaded =
          pool.submit(
              () -> {
                try {
                  return put(sent, report);
                } finally {
                  room.release();
                }
              });
      Item last = sent.get(sent.size() - 1);
      running.add(new Sending(loaded, number, readAll, last.type() + "/" + last.id()));
      while (!running.isEmpty() && running.element().loaded().isDone()) {
        settle(running.remove());
      }
    }

    private void settle(Sending sending) throws IOException, InterruptedException {
      try {
        allLoaded &= sending.loaded().get() && sending.complete();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof FhirHttp.Unavailable unavailable) {
          throw unavailable;
        }
        throw new IOException("The load failed", e);
      }
      if (allLoaded) {
        progress = new Progress(sending.upTo(), sending.witness());
        state.record(key, progress);
      }
    }
  }

  private void mark(ObjectNode resource) {
    Duration lag = nature.lag();
    if (lag != null) {
      tag(resource, HISTORY_SYSTEM, HISTORY_CODE);
      if (!lag.isZero()) {
        tag(resource, LAG_SYSTEM, lag.toString());
      }
    }
  }

  private static void tag(ObjectNode resource, String system, String code) {
    ArrayNode tags = resource.withObject("/meta").withArray("tag");
    for (JsonNode tag : tags) {
      if (tag.path("system").asText().equals(system) && tag.path("code").asText().equals(code)) {
        return;
      }
    }
    tags.addObject().put("system", system).put("code", code);
  }

  /** Sends items as one transaction, or in parts; answers whether all of them were loaded. */
  private boolean put(List<Item> items, Report report) {
    ObjectNode bundle = FhirHttp.JSON.createObjectNode();
    bundle.put("resourceType", "Bundle").put("type", "transaction");
    ArrayNode entries = bundle.putArray("entry");
    for (Item item : items) {
      ObjectNode entry = entries.addObject();
      entry.set("resource", item.resource());
      entry.putObject("request").put("method", "PUT").put("url", item.type() + "/" + item.id());
    }
    FhirHttp.Answer answer = http.post(bundle);
    if (answer.isSuccess()) {
      for (int i = 0; i < items.size(); i++) {
        String status =
            answer.body().path("entry").path(i).path("response").path("status").asText();
        report.loaded(items.get(i).type(), status.startsWith("201") ? Done.CREATED : Done.UPDATED);
      }
      return true;
    }
    if (items.size() == 1) {
      report.refused(items.get(0).toString(), items.get(0).type(), answer.reason());
      return false;
    }
    int half = items.size() / 2;
    boolean first = put(items.subList(0, half), report);
    return put(items.subList(half, items.size()), report) && first;
  }

  private void loadBundle(SourceFile file, String key, Report report) throws IOException {
    JsonNode bundle;
    try (InputStream in = file.open()) {
      bundle = FhirHttp.JSON.readTree(in);
    } catch (JsonProcessingException e) {
      String where = file.name() + ":" + e.getLocation().getLineNr();
      report.refused(where, "Bundle", "the file is no JSON");
      return;
    } catch (IOException e) {
      report.refused(file.name(), "Bundle", "the file cannot be read: it is cut off or damaged");
      return;
    }
    String type = bundle.path("type").asText();
    if (!bundle.path("resourceType").asText().equals("Bundle")
        || !(type.equals("transaction") || type.equals("batch"))) {
      report.refused(file.name(), "Bundle", "the file is no transaction or batch bundle");
      return;
    }
    for (JsonNode entry : bundle.path("entry")) {
      if (entry.path("resource") instanceof ObjectNode resource) {
        mark(resource);
      }
    }
    BundleLoad load = new BundleLoad(http, report, file.name(), type, LoadState.givenId(key));
    load.send(bundle.path("entry"));
    if (load.refused() == 0) {
      state.record(key, new Progress(1, load.witness()));
    }
  }
}
