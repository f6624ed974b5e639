package org.auscult.feature.fhir;

import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/** Collects all that is wrong with one resource, and reads parts of its extensions on the way. */
public final class Problems {
  private final List<Problem> found = new ArrayList<>();

  /**
   * Notes one.
   *
   * @param where FHIRPath of the element
   */
  public void add(String where, String what, String remedy) {
    found.add(new Problem(where, what, remedy));
  }

  public boolean isEmpty() {
    return found.isEmpty();
  }

  /** What was found so far. */
  public List<Problem> all() {
    return List.copyOf(found);
  }

  /** A text that must be there; empty, and a problem, if it is not. */
  public String required(String where, @Nullable String value, String remedy) {
    if (value == null || value.isBlank()) {
      add(where, "it is missing", "Give " + remedy + ".");
      return "";
    }
    return value;
  }

  /** A canonical's URL, which holds no version. */
  public String url(String where, @Nullable String value) {
    String url = required(where, value, "a canonical URL");
    if (url.contains("|")) {
      add(where, "the URL holds a '|'", "Put the version into its own element.");
    }
    return url;
  }

  /** Whether a canonical names a version: {@code url|version}. */
  public static boolean isPinned(String canonical) {
    return canonical.matches("[^|]+\\|[^|]+");
  }

  /** The text of a part of a complex extension; null if it is not there. */
  public static @Nullable String part(Extension extension, String name) {
    return text(first(extension.getExtensionsByUrl(name)));
  }

  /** The value of a part of a complex extension; null if it is not there. */
  public static @Nullable Type value(Extension extension, String name) {
    Extension part = first(extension.getExtensionsByUrl(name));
    return part == null ? null : part.getValue();
  }

  public static @Nullable Extension first(List<Extension> extensions) {
    return extensions.isEmpty() ? null : extensions.get(0);
  }

  /** The primitive that an extension holds, as text; null if it holds none. */
  public static @Nullable String text(@Nullable Extension extension) {
    return extension == null || extension.getValue() == null
        ? null
        : extension.getValue().primitiveValue();
  }
}
