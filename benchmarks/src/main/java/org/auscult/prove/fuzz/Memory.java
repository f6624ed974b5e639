package org.auscult.prove.fuzz;

import java.io.IOException;
import java.nio.file.Path;
import org.auscult.prove.hospital.Ask;
import org.auscult.prove.hospital.TwoHospitals;

/** What the server's heap holds after a collection. */
final class Memory {
  private Memory() {}

  /** In bytes; the JDK's own tool asks for the collection. */
  static long afterCollection(TwoHospitals hospitals) throws IOException, InterruptedException {
    Process tool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                String.valueOf(hospitals.pid()),
                "GC.run")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (tool.waitFor() != 0) {
      throw new IOException("jcmd could not ask for a collection");
    }
    return hospitals
        .wire()
        .send(Ask.get("/actuator/prometheus"))
        .text()
        .lines()
        .filter(line -> line.startsWith("jvm_memory_used_bytes{") && line.contains("area=\"heap\""))
        .mapToLong(line -> (long) Double.parseDouble(line.replaceFirst(".* ", "")))
        .sum();
  }
}
