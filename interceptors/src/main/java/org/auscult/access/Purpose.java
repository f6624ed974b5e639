package org.auscult.access;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a purpose of use leaves of what a role may do: the minimum that it needs.
 *
 * @param code of v3-PurposeOfUse
 * @param calls whether operations may be called
 * @param types none for all
 * @param withheld whether what patients withhold may be shown to roles that may see it
 * @param elements all that is shown of a type, by the type; a type that is not here is shown whole
 */
record Purpose(
    String code,
    Set<Permission> may,
    boolean calls,
    Set<String> types,
    boolean withheld,
    Map<String, Set<String>> elements) {
  Purpose {
    may = Set.copyOf(may);
    types = Set.copyOf(types);
    elements =
        elements.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(Map.Entry::getKey, e -> Set.copyOf(e.getValue())));
  }

  boolean allows(Interaction asked) {
    if (asked.whose() == Whose.WITHHELD && !withheld) {
      return false;
    }
    Permission permission = asked.permission();
    if (permission == null) {
      return calls;
    }
    return may.contains(permission) && (types.isEmpty() || types.contains(asked.type()));
  }

  Optional<Set<String>> elements(String type) {
    return Optional.ofNullable(elements.get(type));
  }
}
