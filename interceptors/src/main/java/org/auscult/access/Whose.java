package org.auscult.access;

import java.util.Locale;

/** How near what is asked for is to the one who asks, from near to far. */
public enum Whose {
  /** Names no patient. */
  NONE,
  /** Of the launch's patient. */
  LAUNCH,
  /** Of a patient of whose care team the user is a member. */
  CARE_TEAM,
  /** Of another patient of a site of the user. */
  SITE,
  /** Of a patient that near or nearer, who withholds it: by consent, or under a label. */
  WITHHELD,
  /** Of a patient of other sites only, or of none. */
  ELSEWHERE;

  /** The farther one. */
  public Whose orFarther(Whose other) {
    return compareTo(other) >= 0 ? this : other;
  }

  /**
   * As the policy's table spells it for a family of scopes. Under patient scopes, only the launch's
   * patient is one's own.
   */
  String word(ScopeFamily family) {
    boolean own = this == LAUNCH || (this == CARE_TEAM && family != ScopeFamily.PATIENT);
    if (own) {
      return "own";
    }
    return this == CARE_TEAM ? "site" : name().toLowerCase(Locale.ROOT);
  }
}
