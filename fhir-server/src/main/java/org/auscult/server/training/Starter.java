package org.auscult.server.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.auscult.access.Requester;
import org.auscult.access.Role;
import org.auscult.audit.AuditAgent;
import org.jspecify.annotations.Nullable;

/**
 * Who started a job, kept with it: it runs later, on whatever node. The token is kept nowhere.
 * Where nobody is asked for a token, it is somebody unknown, to whom consents for research hold.
 */
final class Starter {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Requester NOBODY =
      new Requester(
          "urn:auscult:nobody",
          "nobody",
          "nobody",
          null,
          Set.of(Role.SYSTEM),
          "system/*.rs",
          null,
          null,
          Set.of(),
          "HRESCH",
          null);

  private Starter() {}

  /**
   * The one of a request.
   *
   * @param given what the request has; null if nobody is known
   */
  static Requester of(@Nullable Object given) {
    return given instanceof Requester requester ? requester : NOBODY;
  }

  static String write(Requester who) {
    ObjectNode json = JSON.createObjectNode();
    json.put("issuer", who.issuer());
    json.put("subject", who.subject());
    json.put("client", who.client());
    json.put("fhirUser", who.fhirUser());
    json.put("scope", who.scope());
    json.put("patient", who.patient());
    json.put("encounter", who.encounter());
    json.put("purpose", who.purpose());
    words(json.putArray("roles"), who.roles().stream().map(Role::code).toList());
    words(json.putArray("sites"), who.sites());
    try {
      return JSON.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A starter cannot be written", e);
    }
  }

  private static void words(ArrayNode to, Collection<String> words) {
    new TreeSet<>(words).forEach(to::add);
  }

  static Requester read(String text) {
    try {
      JsonNode json = JSON.readTree(text);
      return new Requester(
          text(json, "issuer"),
          text(json, "subject"),
          text(json, "client"),
          optional(json, "fhirUser"),
          words(json, "roles").stream()
              .flatMap(code -> Role.of(code).stream())
              .collect(Collectors.toSet()),
          text(json, "scope"),
          optional(json, "patient"),
          optional(json, "encounter"),
          words(json, "sites"),
          text(json, "purpose"),
          null);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A job's starter cannot be read", e);
    }
  }

  private static String text(JsonNode json, String name) {
    return Objects.requireNonNullElse(optional(json, name), "");
  }

  private static @Nullable String optional(JsonNode json, String name) {
    return json.path(name).isTextual() ? json.path(name).asText() : null;
  }

  private static Set<String> words(JsonNode json, String name) {
    Set<String> words = new HashSet<>();
    json.path(name).forEach(word -> words.add(word.asText()));
    return words;
  }

  /** As the audit log names it. */
  static AuditAgent agent(Requester who) {
    return new AuditAgent(
        who.issuer(),
        who.subject(),
        who.fhirUser(),
        who.client(),
        who.roles().stream().map(Role::code).toList(),
        who.purpose(),
        null);
  }
}
