package org.auscult.monitoring.use;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A call of a hook that a deployment answered.
 *
 * @param patient any name of the patient, the same in all calls
 * @param user any name of the user, the same in all calls; null if nobody was named
 * @param groups to which the call belongs in each way of grouping, such as {@code role}
 * @param cards those that could be shown
 */
public record AskedCall(
    String patient, @Nullable String user, Map<String, String> groups, List<CardFate> cards) {
  public AskedCall {
    Objects.requireNonNull(patient);
    groups = Map.copyOf(groups);
    cards = List.copyOf(cards);
  }
}
