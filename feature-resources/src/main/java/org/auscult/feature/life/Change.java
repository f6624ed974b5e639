package org.auscult.feature.life;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One part of a definition that is not what it was.
 *
 * @param part which: {@code lookback}, {@code codes}, {@code title}
 * @param before what it said; null if it said nothing
 * @param after what it says; null if it says nothing any more
 * @param added what came into a list, such as codes
 * @param removed what left it
 */
public record Change(
    String part,
    Effect effect,
    @Nullable String before,
    @Nullable String after,
    List<String> added,
    List<String> removed) {
  public Change {
    Objects.requireNonNull(part);
    Objects.requireNonNull(effect);
    added = List.copyOf(added);
    removed = List.copyOf(removed);
  }

  /** Of something that is no list. */
  public static Change of(
      String part, Effect effect, @Nullable String before, @Nullable String after) {
    return new Change(part, effect, before, after, List.of(), List.of());
  }

  /** For people. */
  public String text() {
    StringBuilder text = new StringBuilder(part).append(" (").append(effect.code()).append("): ");
    if (before == null && after == null) {
      text.append("changed");
    } else if (before == null) {
      text.append("now ").append(after);
    } else if (after == null) {
      text.append("no longer ").append(before);
    } else {
      text.append(before).append(" -> ").append(after);
    }
    if (!added.isEmpty()) {
      text.append("; added ").append(String.join(", ", added));
    }
    if (!removed.isEmpty()) {
      text.append("; removed ").append(String.join(", ", removed));
    }
    return text.toString();
  }
}
