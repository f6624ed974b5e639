package org.auscult.access;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What limits access to a patient's record beyond role and site.
 *
 * @param consents versions of the patient's active consents, {@code id/_history/version}
 * @param labelled codes of the labels of special protection, by the reference of what bears them
 * @param said the same of what this server wrote of models' results: it limits what bears or names
 *     it, but is no part of the record that other answers are made of
 * @param opened marks of persons to whom an emergency has opened the record, for now
 */
public record Limits(
    Set<String> consents,
    Map<String, Set<String>> labelled,
    Map<String, Set<String>> said,
    Set<String> opened) {
  /** Nothing limits it. */
  public static final Limits NONE = new Limits(Set.of(), Map.of(), Map.of(), Set.of());

  public Limits {
    consents = Set.copyOf(consents);
    labelled = copy(labelled);
    said = copy(said);
    opened = Set.copyOf(opened);
  }

  private static Map<String, Set<String>> copy(Map<String, Set<String>> given) {
    return given.entrySet().stream()
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, e -> Set.copyOf(e.getValue())));
  }

  /** Whether nothing limits it, and nothing need be asked. */
  public boolean isNone() {
    return consents.isEmpty() && labelled.isEmpty() && said.isEmpty();
  }
}
