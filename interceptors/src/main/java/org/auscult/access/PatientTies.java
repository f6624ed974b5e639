package org.auscult.access;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Port: to which sites patients belong, who cares for them, and what limits access to them, as the
 * record says now.
 */
public interface PatientTies {
  /**
   * What ties a patient.
   *
   * @param sites ids of Organizations
   * @param members references of those in the care team, such as {@code Practitioner/1}
   */
  record Ties(Set<String> sites, Set<String> members, Limits limits) {
    /** A patient whom the record ties to nobody. */
    public static final Ties NONE = new Ties(Set.of(), Set.of(), Limits.NONE);

    public Ties {
      sites = Set.copyOf(sites);
      members = Set.copyOf(members);
    }
  }

  /** The ties of each of these patients; one without any may be left out. */
  Map<String, Ties> of(Collection<String> patients);

  /**
   * The limits alone: cheaper, and for seconds without what another node has written since. One
   * without any may be left out.
   */
  default Map<String, Limits> limits(Collection<String> patients) {
    Map<String, Limits> limits = new HashMap<>();
    of(patients).forEach((patient, ties) -> limits.put(patient, ties.limits()));
    return limits;
  }
}
