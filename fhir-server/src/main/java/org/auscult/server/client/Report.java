package org.auscult.server.client;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What became of each resource, and how fast it goes. Safe for several threads. */
final class Report {
  private static final long EVERY_MILLIS = 3_000;
  private static final int MOST_SHOWN = 100;

  private final PrintStream out;
  private final long total;
  private final long start = System.currentTimeMillis();
  private final Map<String, long[]> counts = new TreeMap<>();
  private final List<String> refused = Collections.synchronizedList(new ArrayList<>());
  private long done;
  private long skipped;
  private long shownAt = start;

  Report(PrintStream out, long total) {
    this.out = out;
    this.total = total;
  }

  /** What the server did with a resource that it took. */
  enum Done {
    CREATED,
    UPDATED
  }

  synchronized void loaded(String type, Done how) {
    counts.computeIfAbsent(type, t -> new long[3])[how.ordinal()]++;
    advance();
  }

  synchronized void refused(String where, String type, String reason) {
    counts.computeIfAbsent(type, t -> new long[3])[2]++;
    refused.add(where);
    if (refused.size() <= MOST_SHOWN) {
      out.println("refused: " + where + ": " + reason);
    } else if (refused.size() == MOST_SHOWN + 1) {
      out.println("... further refusals are only counted");
    }
    advance();
  }

  synchronized void skipped(long resources) {
    skipped += resources;
  }

  private void advance() {
    done++;
    long now = System.currentTimeMillis();
    if (now - shownAt >= EVERY_MILLIS) {
      shownAt = now;
      double rate = done * 1000.0 / Math.max(1, now - start);
      long left = total - done - skipped;
      out.printf(
          "%,d of %,d resources, %.0f resources/s, about %.0f s remaining%n",
          done + skipped, total, rate, left / Math.max(rate, 1));
    }
  }

  synchronized boolean anyRefused() {
    return !refused.isEmpty();
  }

  synchronized void summary() {
    double seconds = (System.currentTimeMillis() - start) / 1000.0;
    counts.forEach(
        (type, n) ->
            out.printf(
                "  %-28s %,9d read %,9d created %,9d updated %,6d refused%n",
                type, n[0] + n[1] + n[2], n[0], n[1], n[2]));
    out.printf(
        "%,d resources in %.1f s (%.0f/s), %,d refused, %,d loaded before%n",
        done, seconds, done / Math.max(seconds, 0.001), refused.size(), skipped);
  }
}
