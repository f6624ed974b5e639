package org.auscult.audit;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What happened, in one request: before it has its place in a chain. One entry serves all patients
 * concerned; the events for each patient are derived from it.
 *
 * <p>It holds ids, codes and the query as it was sent; never a token, and never a resource.
 *
 * @param reason code of why it failed or was refused, or why the glass was broken; null if there is
 *     nothing to say
 * @param agent who asked
 * @param sites ids of the Organizations at which it happened, in the order given
 * @param request id of the request, as the answer's header and the log say it
 * @param operation the REST interaction with its type ({@code read Patient}), the FHIR operation
 *     ({@code Patient/$ai-report}), or hook and service ({@code patient-view auscult-cvd})
 * @param query path and query string exactly as sent; null if there was none
 * @param patients ids of the patients whose data this touched, as given
 * @param entities versioned references of what was touched ({@code Observation/1/_history/2})
 * @param details anything else, by name, sorted
 */
public record AuditEntry(
    AuditKind kind,
    AuditAction action,
    AuditOutcome outcome,
    @Nullable String reason,
    AuditAgent agent,
    List<String> sites,
    String request,
    String operation,
    @Nullable String query,
    List<String> patients,
    List<String> entities,
    Map<String, String> details) {
  public AuditEntry {
    sites = List.copyOf(sites);
    patients = List.copyOf(patients);
    entities = List.copyOf(entities);
    details = Collections.unmodifiableMap(new TreeMap<>(details));
  }

  /** Begins one of this kind: a success by nobody known, until more is said. */
  public static Builder of(AuditKind kind, AuditAction action, String operation) {
    return new Builder(kind, action, operation);
  }

  /** Takes what is known of an event, in any order. Threads: not safe. */
  public static final class Builder {
    private final AuditKind kind;
    private final AuditAction action;
    private final String operation;
    private final Map<String, String> details = new TreeMap<>();
    private AuditOutcome outcome = AuditOutcome.SUCCESS;
    private @Nullable String reason;
    private AuditAgent agent = AuditAgent.unknown(null);
    private List<String> sites = List.of();
    private String request = "";
    private @Nullable String query;
    private List<String> patients = List.of();
    private List<String> entities = List.of();

    private Builder(AuditKind kind, AuditAction action, String operation) {
      this.kind = kind;
      this.action = action;
      this.operation = operation;
    }

    /** Who asked. */
    public Builder by(AuditAgent who) {
      this.agent = who;
      return this;
    }

    /** How it ended, and why. */
    public Builder outcome(AuditOutcome how, @Nullable String why) {
      this.outcome = how;
      this.reason = why;
      return this;
    }

    /** A reason although it succeeded, such as that of a broken glass. */
    public Builder reason(String why) {
      this.reason = why;
      return this;
    }

    /** The sites' ids. */
    public Builder at(List<String> ids) {
      this.sites = ids;
      return this;
    }

    /** The request's id. */
    public Builder request(String id) {
      this.request = id;
      return this;
    }

    /** The query as sent. */
    public Builder query(@Nullable String sent) {
      this.query = sent;
      return this;
    }

    /** The patients' ids. */
    public Builder patients(List<String> ids) {
      this.patients = ids;
      return this;
    }

    /** The versioned references of what was touched. */
    public Builder entities(List<String> references) {
      this.entities = references;
      return this;
    }

    /** One more detail. */
    public Builder detail(String name, String value) {
      this.details.put(name, value);
      return this;
    }

    /** The entry. */
    public AuditEntry build() {
      return new AuditEntry(
          kind, action, outcome, reason, agent, sites, request, operation, query, patients,
          entities, details);
    }
  }
}
