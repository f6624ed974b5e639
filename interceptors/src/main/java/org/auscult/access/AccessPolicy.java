package org.auscult.access;

/**
 * Who may do what: the one table that the server asks, wherever a request comes in.
 *
 * <p>Policy beats scope, and scope beats role: what a scope permits and no row allows is refused,
 * and so is what a row allows and no scope permits.
 */
public final class AccessPolicy {
  private final PolicyTable table;

  private AccessPolicy(PolicyTable table) {
    this.table = table;
  }

  /** The policy that ships. */
  public static AccessPolicy load() {
    return new AccessPolicy(PolicyTable.parse(PolicyTable.text()));
  }

  /** What this requester may do. */
  public Rights of(Requester requester) {
    return new Rights(table, requester);
  }

  /** Decides one interaction; {@link #of} is cheaper for several of one requester. */
  public Decision decide(Requester requester, Interaction asked) {
    return of(requester).decide(asked);
  }

  /** Whether resources of a type may name patients, so that it matters whose they are. */
  public boolean namesPatients(String type) {
    return table.group("record").contains(type) || type.equals("AuditEvent");
  }

  /**
   * Whether an operation, called without an id, reads or writes of every patient: then it is as far
   * away as the farthest patient.
   */
  public boolean isOfAllPatients(Interaction asked) {
    return table.needs(asked).map(PolicyTable.Needs::ofAllPatients).orElse(false);
  }
}
