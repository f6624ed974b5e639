package org.auscult.access;

import java.util.EnumSet;
import java.util.Set;

/**
 * One row of the policy: it allows.
 *
 * @param may none for a row of operations
 * @param what types, or operations as {@code Type/$name}, or <code>*</code><code>/$name</code> for
 *     any type
 * @param whose words of the table
 */
record PolicyRow(
    Set<Role> roles,
    Set<ScopeFamily> families,
    Set<Permission> may,
    Set<String> what,
    Set<String> whose) {
  PolicyRow {
    roles = EnumSet.copyOf(roles);
    families = EnumSet.copyOf(families);
    may = Set.copyOf(may);
    what = Set.copyOf(what);
    whose = Set.copyOf(whose);
  }

  boolean allows(ScopeFamily family, Interaction asked) {
    return families.contains(family) && whose.contains(asked.whose().word(family)) && isOf(asked);
  }

  private boolean isOf(Interaction asked) {
    if (asked.permission() != null) {
      return may.contains(asked.permission()) && what.contains(asked.type());
    }
    return may.isEmpty()
        && (what.contains(PolicyTable.name(asked))
            || (!asked.type().isEmpty() && what.contains("*/" + asked.operation())));
  }
}
