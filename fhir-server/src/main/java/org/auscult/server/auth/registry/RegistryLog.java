package org.auscult.server.auth.registry;

import java.util.Map;
import org.auscult.server.auth.user.User;
import org.jspecify.annotations.Nullable;

/** Port: records changes of users and clients before they are answered. */
public interface RegistryLog {
  /**
   * Something was changed.
   *
   * @param by who changed it
   * @param client by which
   * @param operation such as {@code user create}
   * @param name of the user or client
   * @param values what it was and is: {@code old.roles}, {@code new.roles}; no secret
   */
  void changed(User by, String client, String operation, String name, Map<String, String> values);

  /** A person used a link to set a password, and a second factor if there was one to set. */
  void credentialsSet(User user, boolean secondFactor);

  /** Somebody was turned away; null where nobody is known. */
  void refused(@Nullable User by, @Nullable String client, String reason);
}
