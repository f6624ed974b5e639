package org.auscult.prove.audit;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.auscult.audit.CanonicalJson;
import org.auscult.audit.head.HeadKey;
import org.auscult.prove.audit.LogFile.Part;
import org.auscult.prove.audit.Tampering.Craft;
import org.auscult.prove.audit.Tampering.Kind;

/** The command over whole files, with the log's key given and a head kept from before. */
final class WholeFiles {
  private final LogFile log;
  private final Path folder;
  private final Random random;
  private final PrintStream out;
  private final List<String> failures = new ArrayList<>();

  WholeFiles(LogFile log, Path folder, Random random, PrintStream out) {
    this.log = log;
    this.folder = folder;
    this.random = random;
    this.out = out;
  }

  List<String> run() throws IOException, InterruptedException {
    Path keys = folder.resolve("keys.json");
    Files.write(
        keys,
        CanonicalJson.write(Map.of("keys", log.keys().all().stream().map(HeadKey::jwk).toList())));
    Path head = folder.resolve("head.json");
    Files.write(head, log.middle().write());

    VerifyRun intact =
        VerifyRun.of(log.path(), "--key", keys.toString(), "--head", head.toString());
    if (intact.status() != 0
        || intact.report().path("leaves").asLong() != log.last().head().size()
        || !intact.report().at("/lastHead/root").asText().equals(log.last().head().root().hex())) {
      failures.add("the intact file: exit " + intact.status() + ", " + intact.report());
    }
    out.printf(
        "  verify-audit, 64 MB of heap: %,d leaves, %,d MB, intact in %.1f s%n",
        intact.report().path("leaves").asLong(),
        Files.size(log.path()) / 1_000_000,
        intact.seconds());
    for (Kind kind : Kind.values()) {
      tamper(kind, keys);
    }
    return failures;
  }

  private void tamper(Kind kind, Path keys) throws IOException, InterruptedException {
    Part part = log.parts().get(random.nextInt(log.parts().size()));
    List<String> lines = log.lines(part);
    Craft craft = Craft.values()[random.nextInt(Craft.values().length)];
    byte[] elsewhere = Tampering.leaf(lines.get(random.nextInt(lines.size() - 1)));
    Path tampered = folder.resolve("tampered.log");
    log.copy(
        tampered,
        part,
        new Tampering(random).apply(kind, craft, part.header().first(), lines, elsewhere));
    VerifyRun run = VerifyRun.of(tampered, "--key", keys.toString());
    boolean isNamed = false;
    for (var finding : run.report().path("findings")) {
      isNamed |=
          finding.path("kind").asText().equals("altered")
              && finding.path("index").asLong() == part.header().first();
    }
    if (run.status() != 1 || !isNamed) {
      failures.add(kind + " (" + craft + ") in the whole file: exit " + run.status());
    }
    out.printf(
        "  verify-audit over the whole: %s (%s) in leaves %,d to %,d found as %s%n",
        kind, craft, part.header().first(), part.header().size() - 1, run.kinds());
  }
}
