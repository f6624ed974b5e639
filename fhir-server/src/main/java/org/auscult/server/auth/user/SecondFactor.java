package org.auscult.server.auth.user;

import java.util.Collection;
import java.util.Set;
import org.auscult.access.Role;

/**
 * Who needs a second factor.
 *
 * @param roles that nobody has without one
 */
public record SecondFactor(Set<Role> roles) {
  public SecondFactor {
    roles = Set.copyOf(roles);
  }

  /** Whether somebody of these roles needs one. */
  public boolean isNeeded(Collection<Role> given) {
    return given.stream().anyMatch(roles::contains);
  }
}
