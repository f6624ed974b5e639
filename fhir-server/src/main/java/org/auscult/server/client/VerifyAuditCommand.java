package org.auscult.server.client;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.auscult.audit.export.AuditVerifier;
import org.auscult.audit.export.Finding;
import org.auscult.audit.export.Verification;
import org.auscult.audit.head.HeadKeys;
import org.auscult.audit.head.SignedTreeHead;
import org.auscult.server.audit.ArchiveFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Verifies an exported audit log, without a server. */
@Command(
    name = "verify-audit",
    description = {
      "Verify an exported audit log offline: no leaf changed, removed, reordered or inserted.",
      "Exit code: 0 intact, 1 not intact (each finding is named), 2 a file cannot be read."
    },
    mixinStandardHelpOptions = true,
    exitCodeOnExecutionException = 2)
public final class VerifyAuditCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Parameters(paramLabel = "FILE", description = "The export; may be compressed by gzip.")
  private Path file = Path.of("");

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = {
        "The log's public keys, as a JWK or a set of them, had from elsewhere than this file.",
        "Without: the file's own keys, which shows that it is whole, not who signed it."
      })
  private @Nullable Path key;

  @Option(
      names = "--archive-key",
      paramLabel = "FILE",
      description = "The key of an encrypted archive, as $$audit-archive-key gives it.")
  private @Nullable Path archiveKey;

  @Option(
      names = "--head",
      paramLabel = "FILE",
      description = {
        "A signed head kept from before: the log must have grown out of it. Repeatable.",
        "This alone finds a log that was rewritten and signed anew, or cut off."
      })
  private List<Path> heads = new ArrayList<>();

  @Option(
      names = "--keep-head",
      paramLabel = "FILE",
      description = "Where to write the last head, if the log is intact: for --head of next time.")
  private @Nullable Path keep;

  @Option(
      names = "--findings",
      paramLabel = "N",
      defaultValue = "100",
      description = "How many findings are named (default: ${DEFAULT-VALUE}); all are counted.")
  private int most = 100;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    Verification verification;
    try {
      AuditVerifier verifier = new AuditVerifier(keys(), trusted(), most);
      try (InputStream in = new BufferedInputStream(export())) {
        verification = verifier.verify(in);
      }
      if (keep != null && verification.isIntact() && verification.last().isPresent()) {
        Files.write(keep, verification.last().get().write());
      }
    } catch (IOException | IllegalArgumentException e) {
      System.err.println("verify-audit: " + reason(e));
      return 2;
    }
    if (json) {
      System.out.println(object(verification));
    } else {
      tell(verification);
    }
    return verification.isIntact() ? 0 : 1;
  }

  private InputStream export() throws IOException {
    return archiveKey == null
        ? Files.newInputStream(file)
        : ArchiveFile.of(file).open(Files.readString(archiveKey));
  }

  private static String reason(Exception failure) {
    Throwable cause = failure.getCause();
    return failure
        + (cause == null || cause.getMessage() == null ? "" : " (" + cause.getMessage() + ")");
  }

  private @Nullable HeadKeys keys() throws IOException {
    return key == null ? null : HeadKeys.read(Files.readAllBytes(key));
  }

  private List<SignedTreeHead> trusted() throws IOException {
    List<SignedTreeHead> trusted = new ArrayList<>();
    for (Path head : heads) {
      trusted.add(SignedTreeHead.read(Files.readAllBytes(head)));
    }
    return trusted;
  }

  private void tell(Verification verification) {
    for (Finding finding : verification.findings()) {
      System.out.printf(
          "%s at %d: %s%n", finding.kind().code(), finding.index(), finding.message());
    }
    if (verification.found() > verification.findings().size()) {
      System.out.printf(
          "... and %,d findings more%n", verification.found() - verification.findings().size());
    }
    verification
        .last()
        .map(SignedTreeHead::head)
        .ifPresent(
            h ->
                System.out.printf(
                    "last head: %,d leaves, root %s, signed %s by key %s%n",
                    h.size(), h.root(), h.time(), h.key()));
    System.out.printf(
        "%s: log %s, %,d leaves from index %,d, %,d signed heads, %,d findings%n",
        verification.isIntact() ? "INTACT" : "NOT INTACT",
        verification.header().log(),
        verification.leaves(),
        verification.header().first(),
        verification.heads(),
        verification.found());
    if (key == null) {
      System.out.println(
          "NOTE: verified by the keys in the file itself. Whoever wrote the file could have made"
              + " them: have the log's keys from elsewhere, and give them by --key.");
    }
    if (heads.isEmpty()) {
      System.out.println(
          "NOTE: no head from before was given. Whoever holds the log's keys could have rewritten"
              + " it, or cut it off, and signed it anew: keep heads elsewhere (--keep-head), and give"
              + " them by --head.");
    }
  }

  private ObjectNode object(Verification verification) {
    ObjectNode object = JSON.createObjectNode();
    object.put("intact", verification.isIntact());
    object.put("log", verification.header().log());
    object.put("first", verification.header().first());
    object.put("size", verification.header().size());
    object.put("leaves", verification.leaves());
    object.put("heads", verification.heads());
    object.put("keys", key == null ? "file" : "given");
    object.put("headsGiven", heads.size());
    verification.last().ifPresent(head -> object.set("lastHead", JSON.valueToTree(head.json())));
    object.put("found", verification.found());
    ArrayNode findings = object.putArray("findings");
    for (Finding finding : verification.findings()) {
      findings
          .addObject()
          .put("kind", finding.kind().code())
          .put("index", finding.index())
          .put("message", finding.message());
    }
    return object;
  }
}
