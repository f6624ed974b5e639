package org.auscult.server.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes conditional references literal: by the identifiers of what is being loaded, otherwise by a
 * search at the server, each once.
 */
final class References {
  private final FhirHttp http;

  /** Empty: several resources have this identifier. */
  private final Map<String, Optional<String>> byIdentifier = new ConcurrentHashMap<>();

  private final Map<String, Optional<String>> searched = new ConcurrentHashMap<>();

  References(FhirHttp http) {
    this.http = http;
  }

  /** Remembers by which identifiers a resource can be named. */
  void index(Item item) {
    for (JsonNode identifier : item.resource().path("identifier")) {
      String condition =
          item.type()
              + "?identifier="
              + identifier.path("system").asText()
              + "|"
              + identifier.path("value").asText();
      byIdentifier.merge(
          condition,
          Optional.of(item.type() + "/" + item.id()),
          (one, other) -> one.equals(other) ? one : Optional.empty());
    }
  }

  /**
   * Replaces every conditional reference in a resource.
   *
   * @return a condition that names no one, or more than one; null if all were replaced
   */
  @Nullable String resolve(JsonNode node) {
    if (node instanceof ObjectNode object) {
      String reference = object.path("reference").asText("");
      int question = reference.indexOf('?');
      if (question > 0 && reference.substring(0, question).matches("[A-Za-z]+")) {
        Optional<String> literal = literal(reference);
        if (literal.isEmpty()) {
          return reference;
        }
        object.set("reference", new TextNode(literal.get()));
      }
    }
    for (JsonNode child : node) {
      String unresolved = resolve(child);
      if (unresolved != null) {
        return unresolved;
      }
    }
    return null;
  }

  private Optional<String> literal(String condition) {
    Optional<String> known = byIdentifier.get(condition);
    return known != null ? known : searched.computeIfAbsent(condition, http::resolve);
  }
}
