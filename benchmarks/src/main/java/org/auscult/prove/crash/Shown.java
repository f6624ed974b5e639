package org.auscult.prove.crash;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/**
 * What callers have seen, kept outside of the process that is killed: the other side of the
 * journal.
 */
final class Shown {
  private final Map<String, UUID> shown = new LinkedHashMap<>();
  private final List<String> order = new ArrayList<>();
  private final Deque<String> unanswered = new ArrayDeque<>();
  private final List<String> failures = new ArrayList<>();
  private int repeated;

  /** An answer arrived: the first for this call, or it must be the same again. */
  synchronized void answered(String instance, UUID id) {
    unanswered.remove(instance);
    UUID first = shown.putIfAbsent(instance, id);
    if (first == null) {
      order.add(instance);
    } else {
      repeated++;
      if (!first.equals(id)) {
        failures.add("call " + instance + " was shown as " + first + " and again as " + id);
      }
    }
  }

  /** A call that is under way; unless it is answered, it will be asked again. */
  synchronized void asked(String instance) {
    if (!shown.containsKey(instance) && !unanswered.contains(instance)) {
      unanswered.add(instance);
    }
  }

  /** Calls to which no answer came. */
  synchronized List<String> unanswered() {
    return List.copyOf(unanswered);
  }

  /** One that was answered before. */
  synchronized Optional<String> any(Random random) {
    return order.isEmpty()
        ? Optional.empty()
        : Optional.of(order.get(random.nextInt(order.size())));
  }

  synchronized Map<String, UUID> all() {
    return new LinkedHashMap<>(shown);
  }

  synchronized List<String> failures() {
    return List.copyOf(failures);
  }

  /** How often a call that had been answered was answered again. */
  synchronized int repeated() {
    return repeated;
  }
}
