package org.auscult.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much memory a process has, as Linux counts it: all of it, not the heap alone. */
final class Memory {
  private final Path process;

  Memory(long pid) {
    this.process = Path.of("/proc", String.valueOf(pid));
  }

  /** What it has now, in MB. */
  double now() throws IOException {
    return megabytes("VmRSS:");
  }

  /** The most that it had since {@link #forgetPeak}, in MB. */
  double peak() throws IOException {
    return megabytes("VmHWM:");
  }

  /** Begins anew. */
  void forgetPeak() throws IOException {
    Files.writeString(process.resolve("clear_refs"), "5");
  }

  private double megabytes(String name) throws IOException {
    return Files.readAllLines(process.resolve("status")).stream()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) * 1_024 / 1e6)
        .findFirst()
        .orElseThrow(() -> new IOException("This system does not tell the memory of a process"));
  }
}
