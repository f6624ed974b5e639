package org.auscult.server.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.auscult.server.client.FhirHttp.Answer;
import org.auscult.server.client.Report.Done;
import org.jspecify.annotations.Nullable;

/**
 * Sends one bundle: whole, and if the server refuses it, in ever smaller parts.
 *
 * <p>Entries name each other by {@code fullUrl}, and only within one transaction can a server
 * follow that. So the parts go in the order in which entries need each other, and what an earlier
 * part stored replaces the name in a later one. Entries that need each other in a circle stay
 * together. Each entry has an id or a condition, so that sending it twice stores it once.
 */
final class BundleLoad {
  private static final Pattern LOCATION =
      Pattern.compile("(?:^|/)([A-Z][A-Za-z]+/[A-Za-z0-9.-]{1,64})(?:/_history/[^/]+)?/?$");

  private final FhirHttp http;
  private final Report report;
  private final String file;
  private final String type;
  private final GivenId givenId;
  private final Map<String, String> stored = new HashMap<>();
  private final Set<String> refusedUrls = new HashSet<>();
  private String witness = "";
  private long refused;

  BundleLoad(FhirHttp http, Report report, String file, String type, GivenId givenId) {
    this.http = http;
    this.report = report;
    this.file = file;
    this.type = type;
    this.givenId = givenId;
  }

  /**
   * One entry of the bundle.
   *
   * @param number its place, from 1
   * @param needs the full URLs of this bundle that it refers to
   */
  private record Entry(int number, ObjectNode json, Set<String> needs) {
    String url() {
      return json.path("fullUrl").asText("");
    }

    JsonNode resource() {
      return json.path("resource");
    }

    String resourceType() {
      String named = json.path("request").path("url").asText("?").replaceFirst("[/?].*", "");
      return resource().path("resourceType").asText(named);
    }
  }

  /** A resource that was stored; empty if none was. */
  String witness() {
    return witness;
  }

  long refused() {
    return refused;
  }

  void send(JsonNode entries) {
    Set<String> urls = new HashSet<>();
    entries.forEach(entry -> urls.add(entry.path("fullUrl").asText("")));
    List<Entry> all = new ArrayList<>();
    for (JsonNode json : entries) {
      if (json instanceof ObjectNode object) {
        Set<String> needs = new HashSet<>();
        references(object.path("resource"), needs);
        needs.retainAll(urls);
        needs.remove(object.path("fullUrl").asText(""));
        Entry entry = new Entry(all.size() + 1, object, needs);
        givenId.completeEntry(object, entry.number());
        all.add(entry);
      }
    }
    if (all.isEmpty()) {
      return;
    }
    Answer answer = post(all);
    if (answer.isSuccess()) {
      take(all, answer);
    } else {
      parts(groups(all), answer);
    }
  }

  private static void references(JsonNode node, Set<String> found) {
    if (node.path("reference").isTextual()) {
      found.add(node.path("reference").asText());
    }
    node.forEach(child -> references(child, found));
  }

  /** Singles in the order of need; the last group holds those that need each other in a circle. */
  private static List<List<Entry>> groups(List<Entry> all) {
    List<List<Entry>> groups = new ArrayList<>();
    List<Entry> waiting = new ArrayList<>(all);
    Set<String> open = new HashSet<>();
    all.forEach(entry -> open.add(entry.url()));
    boolean moved = true;
    while (moved) {
      moved = false;
      for (var each = waiting.iterator(); each.hasNext(); ) {
        Entry entry = each.next();
        if (entry.needs().stream().noneMatch(open::contains)) {
          groups.add(List.of(entry));
          open.remove(entry.url());
          each.remove();
          moved = true;
        }
      }
    }
    if (!waiting.isEmpty()) {
      groups.add(waiting);
    }
    return groups;
  }

  private void parts(List<List<Entry>> groups, Answer refusal) {
    if (groups.size() == 1) {
      groups.get(0).forEach(entry -> refuse(entry, refusal.reason()));
      return;
    }
    int half = groups.size() / 2;
    part(groups.subList(0, half));
    part(groups.subList(half, groups.size()));
  }

  private void part(List<List<Entry>> groups) {
    List<List<Entry>> left = new ArrayList<>();
    for (List<Entry> group : groups) {
      if (group.stream().noneMatch(this::needsRefused)) {
        left.add(group);
      } else {
        group.forEach(entry -> refuse(entry, "it refers to an entry that was refused"));
      }
    }
    List<Entry> entries = left.stream().flatMap(List::stream).toList();
    if (!entries.isEmpty()) {
      entries.forEach(entry -> name(entry.resource()));
      Answer answer = post(entries);
      if (answer.isSuccess()) {
        take(entries, answer);
      } else {
        parts(left, answer);
      }
    }
  }

  private boolean needsRefused(Entry entry) {
    return entry.needs().stream().anyMatch(refusedUrls::contains);
  }

  /** Puts what is stored by now in the place of the bundle's own names. */
  private void name(JsonNode node) {
    if (node instanceof ObjectNode object) {
      String literal = stored.get(object.path("reference").asText(""));
      if (literal != null) {
        object.set("reference", new TextNode(literal));
      }
    }
    node.forEach(this::name);
  }

  private Answer post(List<Entry> entries) {
    ObjectNode bundle = FhirHttp.JSON.createObjectNode();
    bundle.put("resourceType", "Bundle").put("type", type);
    ArrayNode array = bundle.putArray("entry");
    entries.forEach(entry -> array.add(entry.json()));
    return http.post(bundle);
  }

  /** A transaction is stored whole; in a batch each entry has its own answer. */
  private void take(List<Entry> entries, Answer answer) {
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      JsonNode response = answer.body().path("entry").path(i).path("response");
      String status = response.path("status").asText("200");
      if (status.startsWith("2") || status.startsWith("304")) {
        report.loaded(entry.resourceType(), status.startsWith("201") ? Done.CREATED : Done.UPDATED);
        String literal = literal(entry, response.path("location").asText(""));
        if (literal != null) {
          stored.put(entry.url(), literal);
          witness = literal;
        }
      } else {
        refuse(entry, Answer.reason("HTTP " + status, response.path("outcome")));
      }
    }
  }

  private static @Nullable String literal(Entry entry, String location) {
    Matcher matcher = LOCATION.matcher(location);
    if (matcher.find()) {
      return matcher.group(1);
    }
    Matcher url = LOCATION.matcher(entry.json().path("request").path("url").asText());
    return url.find() ? url.group(1) : null;
  }

  private void refuse(Entry entry, String reason) {
    refused++;
    refusedUrls.add(entry.url());
    String id = entry.resource().path("id").asText();
    String where = file + ": entry " + entry.number() + " " + entry.resourceType() + "/" + id;
    report.refused(where, entry.resourceType(), reason);
  }
}
