package org.auscult.prove.crash;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.auscult.prove.Processes;

/** One life of a child process that is asked line by line, and may be killed meanwhile. */
public final class KillableChild implements AutoCloseable {
  private final Kind kind;
  private final Predicate<String> answers;
  private final Consumer<String> failures;
  private final Process process;
  private final Writer in;
  private final Thread reader;
  private final Semaphore free;
  private final AtomicLong firstAnswer = new AtomicLong();

  /**
   * What is the same in all lives of a child.
   *
   * @param outstanding lines that are asked at the same time, at least 1
   * @param patience how long it may live on where it is to die, or answer nothing
   */
  public record Kind(Class<?> main, List<String> arguments, int outstanding, Duration patience) {}

  /**
   * Starts it.
   *
   * @param options of the virtual machine
   * @param answers hears what it says, line by line without the dot at the end; whether that
   *     answers something
   * @param failures hears what must not be
   */
  public KillableChild(
      Kind kind, List<String> options, Predicate<String> answers, Consumer<String> failures)
      throws IOException {
    this.kind = kind;
    this.answers = answers;
    this.failures = failures;
    this.free = new Semaphore(kind.outstanding());
    this.process = Processes.start(options, kind.main(), kind.arguments());
    this.in = process.outputWriter(StandardCharsets.UTF_8);
    this.reader = new Thread(this::read, "child-output");
    reader.start();
  }

  /**
   * What it had said before it died is read to the end; a line counts only if it arrived whole: it
   * ends in a dot.
   */
  private void read() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.endsWith(" .") && answers.test(line.substring(0, line.length() - 2))) {
          firstAnswer.compareAndSet(0, System.nanoTime());
          free.release();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asks without end; the end is the kill. */
  public void workUntilKilled(Kill kill, Supplier<String> next) throws InterruptedException {
    long end = System.nanoTime() + kind.patience().toNanos();
    while (process.isAlive()) {
      boolean isLate = System.nanoTime() > end;
      if (isLate) {
        failures.accept("a child lived on at " + kill + ": it answers no more, or never passes it");
      }
      // By its handle: Process itself would close the pipe, with what was said last in it.
      if (isLate || kill.isDue(firstAnswer.get())) {
        process.toHandle().destroyForcibly();
      } else if (free.tryAcquire(2, TimeUnit.MILLISECONDS)) {
        send(next.get());
      }
    }
    int status = process.waitFor();
    reader.join();
    if (status != Kill.STATUS) {
      failures.accept("a child ended with status " + status + ", not by the kill");
    }
  }

  /** Asks all of these, and waits until all is answered. */
  public void answer(List<String> lines) throws InterruptedException {
    for (String line : lines) {
      if (!free.tryAcquire(kind.patience().toMillis(), TimeUnit.MILLISECONDS)) {
        failures.accept("a child answers no more");
        return;
      }
      send(line);
    }
    if (free.tryAcquire(kind.outstanding(), kind.patience().toMillis(), TimeUnit.MILLISECONDS)) {
      free.release(kind.outstanding());
    } else {
      failures.accept("a child did not answer all, without a kill either");
    }
  }

  private void send(String line) {
    try {
      in.write(line + "\n");
      in.flush();
    } catch (IOException e) {
      // It is dead; the loop sees that. It stays unanswered.
      free.release();
    }
  }

  /** The orderly end: it is told that nothing more comes. */
  public void end(Duration within) throws IOException, InterruptedException {
    in.close();
    if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS) || process.exitValue() != 0) {
      failures.accept("a child did not end in order");
    }
    reader.join();
  }

  @Override
  public void close() {
    process.toHandle().destroyForcibly();
    try {
      in.close();
    } catch (IOException e) {
      // The pipe of a dead process.
    }
  }
}
