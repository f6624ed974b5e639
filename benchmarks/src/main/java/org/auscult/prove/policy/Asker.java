package org.auscult.prove.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.auscult.prove.FhirCalls;

/** Asks the running server for what a cell is about, and compares status and content. */
final class Asker {
  private static final String NOBODY = "cell-nobody";
  private static final List<Integer> REFUSED = List.of(403, 404);

  private final PlainTable table;
  private final Fixtures fixtures;
  private final String root;
  private final ProofIssuer issuer;
  private final Map<String, FhirCalls> holders = new ConcurrentHashMap<>();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final Map<Integer, AtomicInteger> statuses = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> created = new ConcurrentHashMap<>();

  Asker(PlainTable table, Fixtures fixtures, String root, ProofIssuer issuer) {
    this.table = table;
    this.fixtures = fixtures;
    this.root = root;
    this.issuer = issuer;
  }

  List<String> failures() {
    return List.copyOf(failures);
  }

  Map<Integer, AtomicInteger> statuses() {
    return statuses;
  }

  /** How many resources of a type were rightly created. */
  int created(String type) {
    return created.getOrDefault(type, new AtomicInteger()).get();
  }

  private FhirCalls holder(Cell cell) {
    return holders.computeIfAbsent(
        cell.role() + " " + cell.family(),
        key -> {
          String token =
              issuer.token(
                  root + "/fhir", cell.role(), cell.family(), Fixtures.SITE, Fixtures.id("own"));
          return new FhirCalls(root, url -> token);
        });
  }

  void ask(Cell cell) throws IOException, InterruptedException {
    boolean allowed = cell.isAllowed(table);
    FhirCalls.Answer answer = send(cell, Fixtures.id(cell.whose()), allowed);
    statuses.computeIfAbsent(answer.status(), s -> new AtomicInteger()).incrementAndGet();
    List<Integer> due = due(cell, allowed);
    if (!due.contains(answer.status())) {
      failures.add(cell + ": HTTP " + answer.status() + " where due is " + due);
    } else if (allowed && cell.may().equals("c")) {
      created.computeIfAbsent(cell.type(), t -> new AtomicInteger()).incrementAndGet();
    }
    if (cell.may().equals("s") && answer.status() == 200) {
      found(cell, answer.body());
    } else if (!allowed) {
      hidden(cell, answer);
    }
  }

  /** What is refused whatever it is of is 403; what is out of reach is as if it were not there. */
  private List<Integer> due(Cell cell, boolean allowed) {
    if (allowed) {
      return switch (cell.may()) {
        case "c" -> List.of(201);
        default -> List.of(200);
      };
    }
    if (cell.may().equals("s")) {
      return List.of(cell.isRefusedEverywhere(table) ? 403 : 200);
    }
    if (cell.may().equals("r")) {
      return List.of(cell.isRefusedEverywhere(table) ? 403 : 404);
    }
    return REFUSED;
  }

  private FhirCalls.Answer send(Cell cell, String id, boolean allowed)
      throws IOException, InterruptedException {
    FhirCalls calls = holder(cell);
    String type = "/fhir/" + cell.type();
    // What is allowed changes nothing, so that each cell meets the same resources.
    String mark = Fixtures.mark(cell.whose()) + (allowed ? "" : "-changed");
    ObjectNode resource = Fixtures.resource(cell.type(), cell.whose(), mark);
    return switch (cell.may()) {
      case "c" -> calls.post(type, resource);
      case "u" -> calls.put(type + "/" + id, resource.put("id", id));
      case "d" -> calls.delete(type + "/" + id);
      case "s" -> calls.get(type + "?_id=" + ids());
      case "r" -> calls.get(type + "/" + id);
      default -> calls.get(type + "/" + id + "/" + cell.may());
    };
  }

  private static String ids() {
    List<String> ids = new ArrayList<>();
    Cell.WHOSE.forEach(whose -> ids.add(Fixtures.id(whose)));
    return String.join(",", ids);
  }

  /** A search finds all that may be found, and nothing else. */
  private void found(Cell cell, JsonNode bundle) {
    Set<String> found = new HashSet<>();
    bundle.path("entry").forEach(e -> found.add(e.at("/resource/id").asText()));
    Set<String> due = new HashSet<>();
    for (String whose : Cell.WHOSE) {
      if (fixtures.has(cell.type(), whose) && cell.of(whose).isAllowed(table)) {
        due.add(Fixtures.id(whose));
      } else if (bundle.toString().contains("\"" + Fixtures.mark(whose) + "\"")) {
        failures.add(cell + ": the search shows what is " + whose);
      }
    }
    if (!found.equals(due)) {
      failures.add(cell + ": the search finds " + found + " where due is " + due);
    }
  }

  /** A refusal shows nothing of the resource, and says no more than if there were none. */
  private void hidden(Cell cell, FhirCalls.Answer answer) throws IOException, InterruptedException {
    if (answer.body().toString().contains(Fixtures.mark(cell.whose()))) {
      failures.add(cell + ": the refusal shows the resource");
    }
    if (cell.may().equals("r")) {
      FhirCalls.Answer none = send(cell, NOBODY, false);
      String here = answer.body().toString().replace(Fixtures.id(cell.whose()), NOBODY);
      if (none.status() != answer.status() || !none.body().toString().equals(here)) {
        failures.add(cell + ": refused in other words than where there is nothing");
      }
    }
  }
}
