package org.auscult.feature.life;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version, in the order of Semantic Versioning 2.0.0, section 11. Build metadata does not count.
 *
 * @param preRelease identifiers behind the hyphen; empty for a release
 */
public record Version(long major, long minor, long patch, List<String> preRelease)
    implements Comparable<Version> {
  private static final String NUMBER = "(0|[1-9][0-9]{0,8})";
  private static final String IDENTIFIER = "(?:0|[1-9][0-9]{0,8}|[0-9]*[A-Za-z-][0-9A-Za-z-]*)";
  private static final Pattern TEXT =
      Pattern.compile(
          NUMBER
              + "[.]"
              + NUMBER
              + "[.]"
              + NUMBER
              + "(?:-("
              + IDENTIFIER
              + "(?:[.]"
              + IDENTIFIER
              + ")*))?(?:[+][0-9A-Za-z.-]+)?");

  public Version {
    preRelease = List.copyOf(preRelease);
  }

  /** Empty if the text is none: {@code 1.0}, say. */
  public static Optional<Version> parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (text.length() > 100 || !matcher.matches()) {
      return Optional.empty();
    }
    String preRelease = matcher.group(4);
    return Optional.of(
        new Version(
            Long.parseLong(matcher.group(1)),
            Long.parseLong(matcher.group(2)),
            Long.parseLong(matcher.group(3)),
            preRelease == null ? List.of() : List.of(preRelease.split("[.]"))));
  }

  /**
   * Whether what changes a value may be published under this version after the other: it has a
   * higher major number, or the other's is 0, under which anything may change (section 4).
   */
  public boolean mayBreak(Version former) {
    return major > former.major || former.major == 0;
  }

  @Override
  public int compareTo(Version other) {
    int byNumber = Long.compare(major, other.major);
    byNumber = byNumber == 0 ? Long.compare(minor, other.minor) : byNumber;
    byNumber = byNumber == 0 ? Long.compare(patch, other.patch) : byNumber;
    if (byNumber != 0) {
      return byNumber;
    }
    if (preRelease.isEmpty() || other.preRelease.isEmpty()) {
      return Boolean.compare(preRelease.isEmpty(), other.preRelease.isEmpty());
    }
    for (int i = 0; i < Math.min(preRelease.size(), other.preRelease.size()); i++) {
      int byIdentifier = compare(preRelease.get(i), other.preRelease.get(i));
      if (byIdentifier != 0) {
        return byIdentifier;
      }
    }
    return Integer.compare(preRelease.size(), other.preRelease.size());
  }

  private static int compare(String one, String other) {
    boolean isNumber = isNumber(one);
    if (isNumber && isNumber(other)) {
      return Long.compare(Long.parseLong(one), Long.parseLong(other));
    }
    return isNumber == isNumber(other) ? one.compareTo(other) : isNumber ? -1 : 1;
  }

  private static boolean isNumber(String identifier) {
    return identifier.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  @Override
  public String toString() {
    String numbers = major + "." + minor + "." + patch;
    return preRelease.isEmpty() ? numbers : numbers + "-" + String.join(".", preRelease);
  }
}
