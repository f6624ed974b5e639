package org.auscult.monitoring.page;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened at the site.
 *
 * @param from inclusive
 * @param until exclusive; null if it goes on
 */
public record PageEvent(String title, String kind, Instant from, @Nullable Instant until) {
  public PageEvent {
    Objects.requireNonNull(title);
    Objects.requireNonNull(kind);
    Objects.requireNonNull(from);
  }
}
