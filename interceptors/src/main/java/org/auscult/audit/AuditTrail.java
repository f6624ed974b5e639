package org.auscult.audit;

/**
 * Port: takes what happened. Whoever answers a request records it first, since an answer may leave
 * only when its leaf is durable (safety rule 22). FHIR requests and hook calls are recorded where
 * they are answered; whoever does anything else of note calls this. Threads: safe.
 */
public interface AuditTrail {
  /**
   * The attribute of a request whose refusal was recorded already, by whoever refused it: it needs
   * no other leaf.
   */
  String RECORDED = "org.auscult.audit.refusal-recorded";

  /** The operation, and the reason, where a refresh token was used that had been replaced. */
  String REFRESH_TOKEN_REUSE = "refresh-token-reuse";

  /**
   * Records an event. Returns when it is durable: it stands in the database, or on this node's disk
   * until the database takes it.
   *
   * @throws AuditUnavailableException if it could not be made durable: then nothing may be answered
   *     but that
   */
  void record(AuditEntry entry);
}
