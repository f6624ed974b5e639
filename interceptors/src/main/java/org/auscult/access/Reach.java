package org.auscult.access;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How near patients are to one requester. Keeps what it has looked up, so it belongs to one
 * request. Threads: safe.
 */
public final class Reach {
  private final Requester requester;
  private final PatientTies ties;
  private final boolean singleSite;
  private final Map<String, Whose> known = new ConcurrentHashMap<>();
  private final Map<String, Limits> limits = new ConcurrentHashMap<>();

  /** How an installation counts sites. */
  public enum Sites {
    /** Staff keep within the sites that their tokens name. */
    SEPARATE,
    /** There is one site, so everybody is of it. */
    ONE
  }

  public Reach(Requester requester, PatientTies ties, Sites sites) {
    this.requester = requester;
    this.ties = ties;
    this.singleSite = sites == Sites.ONE;
  }

  /** Whether there is no patient out of reach by site. */
  public boolean isEverywhere() {
    return singleSite || isSystemOfAllSites();
  }

  private boolean isSystemOfAllSites() {
    return requester.fhirUser() == null
        && requester.roles().contains(Role.SYSTEM)
        && requester.sites().isEmpty();
  }

  /** How near the farthest of these patients is; {@link Whose#NONE} for no patient. */
  public Whose of(Collection<String> patients) {
    if (patients.isEmpty()) {
      return Whose.NONE;
    }
    Set<String> unknown = new HashSet<>(patients);
    unknown.removeAll(known.keySet());
    if (!unknown.isEmpty()) {
      look(unknown);
    }
    return patients.stream()
        .map(patient -> known.getOrDefault(patient, Whose.ELSEWHERE))
        .reduce(Whose.NONE, Whose::orFarther);
  }

  /** How near the farthest patient of all is. */
  public Whose ofAll() {
    return isEverywhere() ? Whose.SITE : Whose.ELSEWHERE;
  }

  /** What limits access to each of these patients' records, beyond how near they are. */
  public Map<String, Limits> limits(Collection<String> patients) {
    Set<String> unknown = new HashSet<>(patients);
    unknown.removeAll(limits.keySet());
    if (!unknown.isEmpty()) {
      Map<String, Limits> found = ties.limits(unknown);
      unknown.forEach(patient -> limits.put(patient, found.getOrDefault(patient, Limits.NONE)));
    }
    Map<String, Limits> all = new HashMap<>();
    patients.forEach(patient -> all.put(patient, limits.getOrDefault(patient, Limits.NONE)));
    return all;
  }

  private void look(Set<String> patients) {
    boolean looks = needsTies(patients);
    Map<String, PatientTies.Ties> found = looks ? ties.of(patients) : Map.of();
    for (String patient : patients) {
      PatientTies.Ties tied = found.getOrDefault(patient, PatientTies.Ties.NONE);
      if (looks) {
        limits.put(patient, tied.limits());
      }
      known.put(patient, whose(patient, tied));
    }
  }

  private boolean needsTies(Set<String> patients) {
    return !isEverywhere() && !(patients.size() == 1 && patients.contains(requester.patient()));
  }

  private Whose whose(String patient, PatientTies.Ties tied) {
    if (patient.equals(requester.patient())) {
      return Whose.LAUNCH;
    }
    String user = requester.fhirUser();
    if (user != null && tied.members().contains(user)) {
      return Whose.CARE_TEAM;
    }
    boolean near = isEverywhere() || !Collections.disjoint(tied.sites(), requester.sites());
    // An emergency was opened only if the policy lets this user open one that far away.
    return near || tied.limits().opened().contains(requester.person())
        ? Whose.SITE
        : Whose.ELSEWHERE;
  }
}
