package org.auscult.prove.reference;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.auscult.prove.Conditions;
import org.auscult.prove.Conditions.Length;
import org.auscult.prove.FhirCalls;
import org.auscult.prove.Folders;
import org.auscult.prove.NotRunException;
import org.auscult.prove.Proof;
import org.auscult.prove.ServerProcess;
import org.auscult.prove.Sources;
import org.auscult.prove.Verdict;
import org.auscult.prove.crash.ProofDatabase;
import org.jspecify.annotations.Nullable;

/**
 * Forty features at 2,000 index times of Synthea's patients are what pandas computed of the same
 * files: each number to 1e-9 of its size, each missing one for the same reason.
 *
 * <p>Both ways begin at the files. Ours goes through the load command, the store, the timeline,
 * definitions by POST, and {@code $features}; the other is {@code benchmarks/reference/compute.py}.
 */
public final class ReferenceProof implements Proof {
  private static final String SET = "https://example.org/reference/Library/set|1.0.0";

  /** The days of the expected values begin there. */
  private static final String ZONE = "America/New_York";

  @Override
  public String name() {
    return "reference";
  }

  @Override
  public String about() {
    return "forty features of synthetic patients are what pandas makes of the same files";
  }

  @Override
  public Verdict run(Conditions conditions) throws Exception {
    Path ndjson = conditions.data().resolve("data/synthea/ndjson");
    if (!Files.exists(ndjson.resolve("manifest.json"))) {
      throw new NotRunException("there is no data/synthea/ndjson/manifest.json; give --data DIR");
    }
    Path folder = Sources.folder().resolve("benchmarks/reference");
    ExpectedTable expected = ExpectedTable.read(folder.resolve("expected.csv.gz"));
    JsonNode definitions =
        FhirCalls.JSON.readTree(folder.resolve("definitions.json").toFile()).path("entry");
    Path work = Files.createTempDirectory("auscult-reference");
    try {
      if (conditions.length() == Length.SHORT && conditions.db() == null) {
        return run(conditions, expected, definitions, new SyntheaLoad(ndjson, work), null);
      }
      try (ProofDatabase database = postgres(conditions)) {
        String url = database.create("auscult_reference");
        return run(conditions, expected, definitions, new SyntheaLoad(ndjson, work), url);
      }
    } finally {
      Folders.delete(work);
    }
  }

  private static ProofDatabase postgres(Conditions conditions) throws NotRunException {
    try {
      return ProofDatabase.open(conditions.db());
    } catch (IOException | IllegalStateException e) {
      throw new NotRunException("PostgreSQL does not start here: " + e.getMessage());
    }
  }

  private static Verdict run(
      Conditions conditions,
      ExpectedTable expected,
      JsonNode definitions,
      SyntheaLoad load,
      @Nullable String db)
      throws Exception {
    List<String> failures = new ArrayList<>();
    Comparison comparison = new Comparison();
    try (ServerProcess server = ServerProcess.drafts(db, Map.of("auscult.time-zone", ZONE))) {
      failures.addAll(load.into(server, conditions));
      FhirCalls fhir = server.calls();
      for (JsonNode entry : definitions) {
        fhir.create(entry.path("resource"));
      }
      Set<String> here = patients(fhir);
      List<ExpectedTable.Row> rows =
          expected.rows().stream().filter(row -> here.contains(row.patient())).toList();
      long start = System.nanoTime();
      for (ExpectedTable.Row row : rows) {
        comparison.add(row, ask(fhir, row));
      }
      conditions
          .out()
          .printf(
              "  %,d vectors asked over HTTP on %s in %d s%n",
              rows.size(),
              db == null ? "H2" : "PostgreSQL",
              TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start));
      if (rows.isEmpty()
          || (conditions.length() == Length.WHOLE && rows.size() < expected.rows().size())) {
        failures.add("only " + rows.size() + " of the index times could be asked");
      }
    }
    if (conditions.length() == Length.WHOLE) {
      comparison.hollow(expected.features());
    }
    comparison.print(conditions.out());
    failures.addAll(comparison.failures());
    return new Verdict(failures);
  }

  private static Set<String> patients(FhirCalls fhir) throws IOException, InterruptedException {
    Set<String> ids = new HashSet<>();
    JsonNode page = fhir.get("/fhir/Patient?_elements=id&_count=500").body();
    page.path("entry").forEach(e -> ids.add(e.at("/resource/id").asText()));
    return ids;
  }

  private static Map<String, Cell> ask(FhirCalls fhir, ExpectedTable.Row row)
      throws IOException, InterruptedException {
    String path =
        "/fhir/Patient/"
            + row.patient()
            + "/$features?featureSet="
            + URLEncoder.encode(SET, StandardCharsets.UTF_8)
            + "&at="
            + row.at()
            + (row.knownAt().isEmpty() ? "" : "&knownAt=" + row.knownAt());
    FhirCalls.Answer answer = fhir.get(path);
    if (answer.status() != 200) {
      throw new IOException("A vector was not given: HTTP " + answer.status());
    }
    return Cell.of(answer.body());
  }
}
