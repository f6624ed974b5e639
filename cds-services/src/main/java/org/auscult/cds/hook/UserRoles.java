package org.auscult.cds.hook;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Port: what is known of a caller's users. */
public interface UserRoles {
  /** Knows nobody. */
  UserRoles UNKNOWN = (fhirServer, user) -> Set.of();

  /**
   * A user's roles, {@code system|code} of PractitionerRole.code.
   *
   * @param fhirServer to which the reference belongs; null if not told
   * @param user {@code Practitioner/12} or {@code PractitionerRole/12}
   * @return empty if nothing is known of them
   */
  Set<String> of(@Nullable String fhirServer, String user);
}
