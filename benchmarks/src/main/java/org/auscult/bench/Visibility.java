package org.auscult.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;

/**
 * Takes samples of predictions that were shown, and finds out how long it takes until a FHIR search
 * finds them. A search, because a read by id would bring about what it is to observe.
 */
final class Visibility implements HookSide.Listener, AutoCloseable {
  private static final Pattern PREDICTION =
      Pattern.compile("\"prediction\"\\s*:\\s*\"([A-Za-z0-9.-]+)\"");
  private static final long PAUSE_MILLIS = 50;
  private static final long PATIENCE_SECONDS = 600;

  private record Sample(String id, long shownAt) {}

  private final BlockingQueue<Sample> samples = new LinkedBlockingQueue<>();
  private final Histogram times = Load.histogram();
  private final List<String> errors = new ArrayList<>();
  private final ServerRun server;
  private final int every;
  private final AtomicLong answers = new AtomicLong();
  private final Thread thread = new Thread(this::run, "visibility");
  private volatile boolean closing;

  /**
   * @param every how many answers there are to a sample
   */
  Visibility(ServerRun server, int every) {
    this.server = server;
    this.every = Math.max(1, every);
    thread.start();
  }

  @Override
  public void answered(byte[] answer) {
    if (answers.getAndIncrement() % every == 0) {
      Matcher matcher = PREDICTION.matcher(new String(answer, StandardCharsets.UTF_8));
      if (matcher.find()) {
        samples.add(new Sample(matcher.group(1), System.nanoTime()));
      } else {
        fail("A card names no prediction");
      }
    }
  }

  private void fail(String what) {
    synchronized (errors) {
      errors.add(what);
    }
  }

  private void run() {
    try (KeptConnection connection = server.connection()) {
      while (!closing || !samples.isEmpty()) {
        Sample sample = samples.poll(50, TimeUnit.MILLISECONDS);
        if (sample != null) {
          await(connection, sample);
        }
      }
    } catch (IOException e) {
      fail("The search for predictions failed: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Samples are in the order of their calls, so one that waits its turn here is not yet late. */
  private void await(KeptConnection connection, Sample sample)
      throws IOException, InterruptedException {
    while (System.nanoTime() - sample.shownAt() < TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
      KeptConnection.Answer answer =
          connection.get("/fhir/RiskAssessment?_id=" + sample.id() + "&_elements=id&_offset=0");
      if (answer.status() != 200) {
        fail("A search for a prediction was answered with HTTP " + answer.status());
        return;
      }
      if (answer.text().contains("\"" + sample.id() + "\"")) {
        synchronized (errors) {
          times.recordValue(
              TimeUnit.NANOSECONDS.toMicros(Math.max(0, System.nanoTime() - sample.shownAt())));
        }
        return;
      }
      Thread.sleep(PAUSE_MILLIS);
    }
    fail("Prediction " + sample.id() + " was shown, and not found for " + PATIENCE_SECONDS + " s");
  }

  /** Ends the sampling, when every sample has been found. */
  @Override
  public void close() throws InterruptedException {
    closing = true;
    thread.join();
  }

  /** In seconds; not a number if there was no sample. */
  double p99() {
    return times.getTotalCount() == 0 ? Double.NaN : times.getValueAtPercentile(99) / 1_000_000.0;
  }

  long samples() {
    return times.getTotalCount();
  }

  List<String> errors() {
    synchronized (errors) {
      return List.copyOf(errors);
    }
  }
}
