package org.auscult.feature;

import java.util.List;
import java.util.Objects;

/**
 * A feature set by the names of its members.
 *
 * @param members {@code url|version} of each, in tensor order
 */
public record FeatureSet(String url, String version, String name, List<String> members) {
  public FeatureSet {
    Objects.requireNonNull(url);
    Objects.requireNonNull(version);
    Objects.requireNonNull(name);
    members = List.copyOf(members);
  }

  /** {@code url|version}. */
  public String canonical() {
    return url + "|" + version;
  }
}
