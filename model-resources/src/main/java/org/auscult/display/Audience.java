package org.auscult.display;

import java.util.Set;

/**
 * Whom a deployment speaks to. What is not known of a user or a patient keeps no card back: a card
 * too many is noise, one that is silent for lack of a role is a hazard.
 *
 * @param roles {@code system|code} of PractitionerRole.code; empty for all
 * @param settings codes of the class of the encounter that is open: {@code IMP}, {@code AMB}; empty
 *     for all
 */
public record Audience(Set<String> roles, Set<String> settings) {
  /** Everybody, everywhere. */
  public static final Audience ALL = new Audience(Set.of(), Set.of());

  public Audience {
    roles = Set.copyOf(roles);
    settings = Set.copyOf(settings);
  }

  /**
   * Whether somebody is in it.
   *
   * @param knownRoles of the user; empty if not known
   * @param knownSettings of the patient; empty if not known
   */
  public boolean includes(Set<String> knownRoles, Set<String> knownSettings) {
    return meets(roles, knownRoles) && meets(settings, knownSettings);
  }

  private static boolean meets(Set<String> wanted, Set<String> known) {
    return wanted.isEmpty() || known.isEmpty() || known.stream().anyMatch(wanted::contains);
  }
}
