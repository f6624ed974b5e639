package org.auscult.server.auth.grant;

import java.util.Map;
import org.auscult.server.auth.launch.Launches.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Which context a request for authorization names: the EHR's {@code launch}, or {@code selection},
 * which the page for choosing a patient adds.
 */
public record LaunchParameter(Kind kind, String id) {
  /** The name of the parameter that a choice of a patient adds. */
  public static final String SELECTION = "selection";

  /** The one that counts: an EHR's comes first. Null if there is none. */
  public static @Nullable LaunchParameter of(Map<String, ?> parameters) {
    if (parameters.get("launch") instanceof String launch && !launch.isEmpty()) {
      return new LaunchParameter(Kind.EHR, launch);
    }
    return parameters.get(SELECTION) instanceof String selection && !selection.isEmpty()
        ? new LaunchParameter(Kind.PICKED, selection)
        : null;
  }
}
