package org.auscult.audit;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.auscult.audit.tree.Hash;
import org.jspecify.annotations.Nullable;

/**
 * One leaf of the audit log: what happened, when it was recorded, and its place in its chain.
 *
 * <p>A leaf is hashed and kept as the bytes that {@link #write} once gave, and never written anew:
 * a later form may hold more. {@link #read} passes over what it does not know.
 *
 * @param form version of the leaf's form, {@value #FORM} now
 * @param recorded when it was written, in whole milliseconds; never before the chain's former leaf
 */
public record AuditLeaf(int form, Instant recorded, ChainLink link, AuditEntry entry) {
  /** The form that is written now. */
  public static final int FORM = 1;

  /**
   * The most bytes that a leaf may have: 8 MiB. A request that touches more is written as parts.
   */
  public static final int MOST_BYTES = 8 << 20;

  public AuditLeaf {
    if (form < 1) {
      throw new IllegalArgumentException("No form " + form);
    }
    recorded = recorded.truncatedTo(ChronoUnit.MILLIS);
  }

  /** Its id, by its place in its chain: also the id of its AuditEvent. */
  public UUID id() {
    return link.id();
  }

  /**
   * The bytes that are stored and hashed: canonical JSON, without what is null or empty.
   *
   * @throws IllegalArgumentException if there are more than {@link #MOST_BYTES}
   */
  public byte[] write() {
    Map<String, Object> json = new TreeMap<>();
    json.put("form", form);
    json.put("recorded", CanonicalJson.time(recorded));
    json.put("node", link.node());
    json.put("lane", link.lane());
    json.put("sequence", link.sequence());
    json.put("previous", link.previous().hex());
    put(json, entry);
    byte[] bytes = CanonicalJson.write(json);
    if (bytes.length > MOST_BYTES) {
      throw new IllegalArgumentException("A leaf of " + bytes.length + " bytes is too large");
    }
    return bytes;
  }

  private static void put(Map<String, Object> json, AuditEntry entry) {
    json.put("kind", entry.kind().code());
    json.put("action", entry.action().code());
    json.put("outcome", entry.outcome().code());
    json.put("operation", entry.operation());
    put(json, "reason", entry.reason());
    put(json, "request", entry.request());
    put(json, "query", entry.query());
    put(json, "sites", entry.sites());
    put(json, "patients", entry.patients());
    put(json, "entities", entry.entities());
    Map<String, Object> agent = agent(entry.agent());
    if (!agent.isEmpty()) {
      json.put("agent", agent);
    }
    if (!entry.details().isEmpty()) {
      json.put("details", entry.details());
    }
  }

  private static Map<String, Object> agent(AuditAgent agent) {
    Map<String, Object> json = new TreeMap<>();
    put(json, "issuer", agent.issuer());
    put(json, "subject", agent.subject());
    put(json, "user", agent.user());
    put(json, "client", agent.client());
    put(json, "roles", agent.roles());
    put(json, "purpose", agent.purpose());
    put(json, "address", agent.address());
    return json;
  }

  private static void put(Map<String, Object> json, String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      json.put(name, value);
    }
  }

  private static void put(Map<String, Object> json, String name, List<String> values) {
    if (!values.isEmpty()) {
      json.put(name, values);
    }
  }

  /**
   * Reads a leaf. Of a form that is known, writing it again gives the same bytes.
   *
   * @throws IllegalArgumentException if these bytes are no leaf, or hold a code that is unknown
   *     here
   */
  public static AuditLeaf read(byte[] bytes) {
    JsonFields json = JsonFields.of(bytes);
    ChainPlace place = ChainPlace.from(json);
    JsonFields agent = json.object("agent");
    return new AuditLeaf(
        json.integer("form"),
        place.recorded(),
        place.link(),
        new AuditEntry(
            AuditKind.of(json.text("kind")),
            AuditAction.of(json.text("action")),
            AuditOutcome.of(json.text("outcome")),
            json.textOrNull("reason"),
            new AuditAgent(
                agent.textOrNull("issuer"),
                agent.textOrNull("subject"),
                agent.textOrNull("user"),
                agent.textOrNull("client"),
                agent.texts("roles"),
                agent.textOrNull("purpose"),
                agent.textOrNull("address")),
            json.texts("sites"),
            json.textOr("request", ""),
            json.text("operation"),
            json.textOrNull("query"),
            json.texts("patients"),
            json.texts("entities"),
            json.object("details").allTexts()));
  }

  /**
   * What the verifier reads of a leaf, whatever its form: where it stands in its chain and when it
   * was recorded.
   */
  public record ChainPlace(Instant recorded, ChainLink link) {
    /**
     * Reads it.
     *
     * @throws IllegalArgumentException if these bytes are no leaf
     */
    public static ChainPlace read(byte[] leaf) {
      return from(JsonFields.of(leaf));
    }

    private static ChainPlace from(JsonFields json) {
      return new ChainPlace(
          json.time("recorded"),
          new ChainLink(
              json.text("node"),
              json.integer("lane"),
              json.whole("sequence"),
              Hash.parse(json.text("previous"))));
    }
  }
}
