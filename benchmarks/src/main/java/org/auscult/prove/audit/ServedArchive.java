package org.auscult.prove.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.auscult.prove.FhirCalls;
import org.auscult.prove.ServerProcess;

/**
 * The log of a running server leaves into an archive and comes back: the file verifies without the
 * server and is refused where it was altered, and each leaf that is in it alone is proved still.
 */
final class ServedArchive {
  private static final int PROOFS = 20;
  private static final int ALTERED = 5;

  private final FhirCalls administrator;
  private final FhirCalls auditor;
  private final Path files;
  private final Path keys;
  private final Random random;
  private final PrintStream out;
  private final List<String> failures = new ArrayList<>();

  /**
   * @param files the server's folder of archives
   * @param keys the log's public keys
   */
  ServedArchive(ServerProcess server, Path files, Path keys, Random random, PrintStream out) {
    this.administrator = server.callsAs("administrator");
    this.auditor = server.callsAs("auditor");
    this.files = files;
    this.keys = keys;
    this.random = random;
    this.out = out;
  }

  /**
   * Archives, and restores.
   *
   * @param leaves the log as it was exported before
   */
  List<String> run(List<byte[]> leaves) throws Exception {
    JsonNode written = archived();
    String name = part(written, "name");
    if (name.isEmpty()) {
      return List.of("nothing was archived: " + written);
    }
    int size = Integer.parseInt(part(written, "size"));
    if (!part(written, "first").equals("0")) {
      return List.of("an archive that does not begin with the log: " + written);
    }
    // Whatever was asked since the export may be in it too.
    int known = Math.min(size, leaves.size());
    proofs(leaves, known, name);
    int gone = auditor.get("/fhir/$audit-export?from=0").status();
    if (gone != 400) {
      failures.add("leaves that are in an archive alone were exported: " + gone);
    }
    for (String told : List.of("$user-report?user=nobody", "AuditEvent?action=R")) {
      if (!auditor.get("/fhir/" + told).body().toString().contains("archive")) {
        failures.add(told + " does not say that leaves are in archives");
      }
    }
    Path key = keys.resolveSibling("archive.key");
    Files.writeString(
        key, value(auditor.get("/fhir/$audit-archive-key?name=" + name).body(), "key"));
    Path file = files.resolve(name);
    VerifyRun intact = verified(file, key);
    if (intact.status() != 0 || intact.report().path("leaves").asInt() != size) {
      failures.add("the archive: exit " + intact.status() + ", " + intact.report());
    }
    altered(file, key, name);
    ObjectNode given = named(name);
    int back = administrator.post("/fhir/$audit-restore", given).status();
    int twice = administrator.post("/fhir/$audit-restore", given).status();
    if (back != 200 || twice != 422) {
      failures.add("restored with " + back + ", and again with " + twice);
    }
    String verdict = auditor.get("/fhir/$audit-verify?from=0&count=1000000").body().toString();
    if (!verdict.contains("\"valueBoolean\":true")) {
      failures.add("the restored log does not verify: " + verdict);
    }
    for (int index : new int[] {0, known / 2, known - 1}) {
      JsonNode proof = auditor.get("/fhir/$audit-proof?index=" + index).body();
      byte[] leaf = FhirCalls.JSON.convertValue(of(proof, "leaf"), byte[].class);
      if (!Arrays.equals(leaf, leaves.get(index))) {
        failures.add("leaf " + index + " did not come back as it was");
      }
    }
    out.printf(
        "  server: %,d leaves archived; %d proofs of them hold, verify-audit: intact; %d altered"
            + " files refused; restored, intact%n",
        size, PROOFS, ALTERED);
    return failures;
  }

  private VerifyRun verified(Path file, Path key) throws IOException, InterruptedException {
    return VerifyRun.of(file, "--archive-key", key.toString(), "--key", keys.toString());
  }

  /** Leaves that the server has not, against a head that it signed. */
  private void proofs(List<byte[]> leaves, int known, String name)
      throws IOException, InterruptedException {
    for (int i = 0; i < PROOFS; i++) {
      int index = random.nextInt(known);
      JsonNode proof = auditor.get("/fhir/$audit-proof?index=" + index).body();
      List<String> path = new ArrayList<>();
      for (JsonNode parameter : proof.path("parameter")) {
        if (parameter.path("name").asText().equals("path")) {
          path.add(parameter.path("valueString").asText());
        }
      }
      long of = of(proof, "size").asLong();
      boolean holds = OwnCheck.includes(leaves.get(index), index, of, path, value(proof, "root"));
      if (!holds || !value(proof, "archive").equals(name) || !of(proof, "leaf").isMissingNode()) {
        failures.add("leaf " + index + " in the archive: " + proof);
      }
    }
  }

  /** The verifier takes none of them, nor does the server. */
  private void altered(Path file, Path key, String name) throws IOException, InterruptedException {
    byte[] whole = Files.readAllBytes(file);
    for (int i = 0; i < ALTERED; i++) {
      byte[] changed = whole.clone();
      changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, changed);
      int status = administrator.post("/fhir/$audit-restore", named(name)).status();
      if (status != 422) {
        failures.add("an altered archive was answered with " + status);
      }
    }
    if (verified(file, key).status() == 0) {
      failures.add("an altered archive was found intact");
    }
    Files.write(file, whole);
  }

  private JsonNode archived() throws IOException, InterruptedException {
    ObjectNode nothing = FhirCalls.JSON.createObjectNode().put("resourceType", "Parameters");
    FhirCalls.Answer answer = administrator.post("/fhir/$audit-archive", nothing);
    if (answer.status() != 200) {
      throw new IOException("$audit-archive: " + answer.status() + " " + answer.body());
    }
    return answer.body();
  }

  private static ObjectNode named(String name) {
    ObjectNode parameters = FhirCalls.JSON.createObjectNode().put("resourceType", "Parameters");
    parameters.putArray("parameter").addObject().put("name", "name").put("valueString", name);
    return parameters;
  }

  private static String part(JsonNode parameters, String name) {
    for (JsonNode part : parameters.at("/parameter/0/part")) {
      if (part.path("name").asText().equals(name)) {
        return part.path(part.has("valueString") ? "valueString" : "valueDecimal").asText();
      }
    }
    return "";
  }

  private static JsonNode of(JsonNode parameters, String name) {
    for (JsonNode parameter : parameters.path("parameter")) {
      if (parameter.path("name").asText().equals(name)) {
        for (String value : List.of("valueString", "valueDecimal", "valueBase64Binary")) {
          if (parameter.has(value)) {
            return parameter.path(value);
          }
        }
      }
    }
    return MissingNode.getInstance();
  }

  private static String value(JsonNode parameters, String name) {
    return of(parameters, name).asText();
  }
}
