package org.auscult.access;

import java.util.List;

/** What the policy says of an interaction. */
public sealed interface Decision {
  /** Whether it may be done, perhaps within limits. */
  default boolean allowed() {
    return this instanceof Allowed;
  }

  /**
   * It may be done.
   *
   * @param limits filters of granular scopes: a resource must match all filters of one of these
   *     lists; no lists for no limit
   */
  record Allowed(List<List<Scope.Filter>> limits) implements Decision {
    public Allowed {
      limits = List.copyOf(limits);
    }
  }

  /**
   * It may not.
   *
   * @param text what is refused and what to do, for people; nothing of any resource
   */
  record Refused(RefusalReason reason, String text) implements Decision {}
}
