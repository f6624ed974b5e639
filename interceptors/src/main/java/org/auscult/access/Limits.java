package org.auscult.access;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What limits access to a patient's record beyond role and site.
 *
 * @param consents versions of the patient's active consents, {@code id/_history/version}
 * @param labelled codes of the labels of special protection, by the reference of what bears them
 * @param opened marks of persons to whom an emergency has opened the record, for now
 */
public record Limits(Set<String> consents, Map<String, Set<String>> labelled, Set<String> opened) {
  /** Nothing limits it. */
  public static final Limits NONE = new Limits(Set.of(), Map.of(), Set.of());

  public Limits {
    consents = Set.copyOf(consents);
    labelled =
        labelled.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(Map.Entry::getKey, e -> Set.copyOf(e.getValue())));
    opened = Set.copyOf(opened);
  }

  /** Whether nothing limits it, and nothing need be asked. */
  public boolean isNone() {
    return consents.isEmpty() && labelled.isEmpty();
  }
}
