package org.auscult.prove;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.auscult.server.Auscult;

/** One of our commands, run as a process of its own. */
public final class CommandRun implements AutoCloseable {
  private final Process process;
  private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
  private final Thread reader;

  private CommandRun(Process process, Consumer<String> onLine) {
    this.process = process;
    this.reader =
        new Thread(
            () -> {
              try (BufferedReader out = process.inputReader()) {
                for (String line = out.readLine(); line != null; line = out.readLine()) {
                  lines.add(line);
                  onLine.accept(line);
                }
              } catch (IOException e) {
                // It was killed in the middle of a line.
              }
            },
            "command-output");
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * Starts it, in the folder where this runs.
   *
   * @param onLine told each line that it prints, on either stream
   */
  public static CommandRun start(List<String> arguments, Consumer<String> onLine)
      throws IOException {
    List<String> command = Processes.command(List.of(), Auscult.class, arguments);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    return new CommandRun(process, onLine);
  }

  /** Waits until it ends, and gives its exit code. */
  public int end() throws InterruptedException {
    int status = process.waitFor();
    reader.join();
    return status;
  }

  /** Whether it ended by itself within this time. */
  public boolean endedWithin(long millis) throws InterruptedException {
    return process.waitFor(millis, TimeUnit.MILLISECONDS);
  }

  /** SIGKILL. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** What it has printed. */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  /** The last that it has printed, for a person. */
  public List<String> lastLines(int count) {
    List<String> all = lines();
    return all.subList(Math.max(0, all.size() - count), all.size());
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
