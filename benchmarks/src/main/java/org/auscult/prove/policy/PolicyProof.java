package org.auscult.prove.policy;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.auscult.access.AccessPolicy;
import org.auscult.access.Role;
import org.auscult.access.ScopeFamily;
import org.auscult.prove.Conditions;
import org.auscult.prove.Conditions.Length;
import org.auscult.prove.Proof;
import org.auscult.prove.ServerProcess;
import org.auscult.prove.Verdict;
import org.hl7.fhir.instance.model.api.IDomainResource;

/**
 * The policy is one table, and the server answers as it says: two evaluators agree in every cell,
 * and the running server is asked for the cells of types, in short form of some that are drawn.
 * What is refused shows neither content nor existence, and changes nothing.
 */
public final class PolicyProof implements Proof {
  private static final int MOST_ROWS = 60;
  private static final int CALLERS = 4;
  private static final List<String> LETTERS = List.of("s", "r", "c", "u", "d");

  /** Of these there is one that no client may write, or that acts once it is stored. */
  private static final List<String> NOT_STORED =
      List.of("AuditEvent", "Subscription", "SearchParameter");

  private static final List<String> OF_A_PATIENT = List.of("$everything", "$timeline");

  private final AccessPolicy policy = AccessPolicy.load();
  private final List<String> failures = new ArrayList<>();

  @Override
  public String name() {
    return "policy";
  }

  @Override
  public String about() {
    return "two evaluators of the policy's table and the running server agree, cell by cell";
  }

  @Override
  public Verdict run(Conditions conditions) throws Exception {
    PlainTable table = new PlainTable(text(), roles());
    List<String> types = types();
    evaluators(table, types, conditions);
    Random random = new Random(conditions.seed());
    List<String> drawn = new ArrayList<>(types);
    drawn.removeAll(NOT_STORED);
    if (conditions.length() == Length.SHORT) {
      Collections.shuffle(drawn, random);
      drawn = new ArrayList<>(drawn.subList(0, 6));
      drawn.addAll(List.of("Patient", "Observation", "RiskAssessment", "Library"));
      drawn = drawn.stream().distinct().toList();
    }
    try (ProofIssuer issuer = new ProofIssuer();
        ServerProcess server = ServerProcess.drafts(conditions.db(), issuer.settings())) {
      Fixtures fixtures = new Fixtures(server.calls());
      fixtures.store(drawn, table);
      server(table, drawn, fixtures, new Asker(table, fixtures, server.root(), issuer), conditions);
    }
    return new Verdict(failures);
  }

  private static String text() throws IOException {
    try (InputStream in = AccessPolicy.class.getResourceAsStream("policy.txt")) {
      if (in == null) {
        throw new IOException("The policy's text is not there");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static List<String> roles() {
    return Arrays.stream(Role.values()).map(Role::code).toList();
  }

  private static List<String> types() {
    FhirContext fhir = FhirContext.forR4Cached();
    return fhir.getResourceTypes().stream()
        .filter(
            type ->
                IDomainResource.class.isAssignableFrom(
                    fhir.getResourceDefinition(type).getImplementingClass()))
        .sorted()
        .toList();
  }

  private static List<Cell> cells(String may, String type) {
    List<Cell> cells = new ArrayList<>();
    for (String role : roles()) {
      for (ScopeFamily family : ScopeFamily.values()) {
        for (String whose : Cell.WHOSE) {
          cells.add(new Cell(role, family.code(), may, type, whose));
        }
      }
    }
    return cells;
  }

  /** Both evaluators, in every cell. */
  private void evaluators(PlainTable table, List<String> types, Conditions conditions) {
    List<Cell> cells = new ArrayList<>();
    for (String type : types) {
      LETTERS.forEach(letter -> cells.addAll(cells(letter, type)));
    }
    for (String operation : table.operations()) {
      String type = operation.contains("/") ? operation.substring(0, operation.indexOf('/')) : "";
      String name = operation.substring(operation.indexOf('$'));
      cells.addAll(cells(name, type.equals("*") ? "Observation" : type));
    }
    int allowed = 0;
    for (Cell cell : cells) {
      boolean plain = cell.isAllowed(table);
      allowed += plain ? 1 : 0;
      if (plain != cell.isAllowed(policy)) {
        failures.add(cell + ": the evaluators differ, the plain one says " + plain);
      }
    }
    if (table.rows() > MOST_ROWS || allowed == 0) {
      failures.add(table.rows() + " rows, where at most " + MOST_ROWS + " are due");
    }
    conditions
        .out()
        .printf(
            "  %d rows (aim at most %d); %,d cells, %,d of them allowed, by two evaluators%n",
            table.rows(), MOST_ROWS, cells.size(), allowed);
  }

  private void server(
      PlainTable table, List<String> types, Fixtures fixtures, Asker asker, Conditions conditions)
      throws Exception {
    List<Cell> cells = new ArrayList<>();
    for (String type : types) {
      for (String letter : LETTERS) {
        cells(letter, type).stream()
            .filter(cell -> fixtures.has(type, cell.whose()))
            // What a role may delete it would; each cell is to meet the same resources.
            .filter(cell -> !letter.equals("d") || !cell.isAllowed(table))
            // A new patient is nobody's launch.
            .filter(cell -> !(letter + type + cell.whose()).equals("cPatientown"))
            .forEach(cells::add);
      }
    }
    for (String operation : OF_A_PATIENT) {
      cells(operation, "Patient").stream()
          .filter(cell -> fixtures.has("Patient", cell.whose()))
          .forEach(cells::add);
    }
    Map<String, Integer> before = counts(types, fixtures);
    ask(cells, asker);
    failures.addAll(asker.failures());
    failures.addAll(fixtures.changed());
    counts(types, fixtures)
        .forEach(
            (type, count) -> {
              int due = before.getOrDefault(type, 0) + asker.created(type);
              if (count != due) {
                failures.add(count + " of " + type + " stand where due are " + due);
              }
            });
    long refusals = cells.stream().filter(c -> c.isWrite() && !c.isAllowed(table)).count();
    conditions
        .out()
        .printf(
            "  server: %,d cells of %d types, %,d refusals of writes among them, on %,d resources;"
                + " answers %s%n",
            cells.size(), types.size(), refusals, fixtures.size(), new TreeMap<>(asker.statuses()));
    for (int status : new int[] {200, 201, 403, 404}) {
      if (!asker.statuses().containsKey(status)) {
        failures.add("no cell was answered with " + status + ", so this could not fail");
      }
    }
  }

  private static Map<String, Integer> counts(List<String> types, Fixtures fixtures)
      throws IOException, InterruptedException {
    Map<String, Integer> counts = new TreeMap<>();
    for (String type : types) {
      counts.put(type, fixtures.count(type));
    }
    return counts;
  }

  private static void ask(List<Cell> cells, Asker asker) throws Exception {
    ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (Cell cell : cells) {
        all.add(
            callers.submit(
                () -> {
                  asker.ask(cell);
                  return null;
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } finally {
      callers.shutdownNow();
    }
  }
}
