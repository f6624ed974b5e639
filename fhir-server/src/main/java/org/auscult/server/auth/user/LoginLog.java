package org.auscult.server.auth.user;

import org.jspecify.annotations.Nullable;

/** Port: records sign-ins before they are answered. */
public interface LoginLog {
  /** A user signed in from an address. */
  void signedIn(User user, String address);

  /**
   * A try was refused.
   *
   * @param user whose name was given; null if nobody is called so: what was typed is never kept
   */
  void refused(@Nullable User user, String address);
}
