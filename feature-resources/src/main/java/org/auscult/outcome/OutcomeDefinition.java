package org.auscult.outcome;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is predicted: which event, over which horizon, of whom, and what counts as not having had
 * it. The same definition labels training data and the predictions that are monitored.
 *
 * @param url canonical without version
 * @param version SemVer
 * @param name machine name
 * @param title for people: {@code readmission within 30 days}
 * @param washout null if who had it before is asked about, too
 * @param exclusions canonicals with version of features; who has one of them at the index time is
 *     not asked about
 * @param requirements the same; only who has all of them is asked about
 * @param competing canonicals with version of features whose facts end the wait, as a death always
 *     does
 */
public record OutcomeDefinition(
    String url,
    String version,
    String name,
    String title,
    EventRule event,
    Horizon horizon,
    @Nullable Washout washout,
    List<String> exclusions,
    List<String> requirements,
    List<String> competing,
    FollowUp followUp) {
  public OutcomeDefinition {
    Objects.requireNonNull(url);
    Objects.requireNonNull(version);
    Objects.requireNonNull(name);
    Objects.requireNonNull(title);
    Objects.requireNonNull(event);
    Objects.requireNonNull(horizon);
    exclusions = List.copyOf(exclusions);
    requirements = List.copyOf(requirements);
    competing = List.copyOf(competing);
    Objects.requireNonNull(followUp);
    if (event instanceof EventRule.Death && (washout != null || horizon.blanking() != null)) {
      throw new IllegalArgumentException("A death takes neither washout nor blanking");
    }
  }

  /** {@code url|version}. */
  public String canonical() {
    return url + "|" + version;
  }
}
