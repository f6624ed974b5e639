package org.auscult.access;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asks to do.
 *
 * @param permission the kind of interaction; null for an operation
 * @param operation its name with the dollar sign; empty for an interaction
 * @param type FHIR type; empty for an operation of the whole server
 */
public record Interaction(
    @Nullable Permission permission, String operation, String type, Whose whose) {
  /** An interaction with a type of resource. */
  public static Interaction of(Permission permission, String type, Whose whose) {
    return new Interaction(permission, "", type, whose);
  }

  /** An operation, on a type or on an instance, or on the server if the type is empty. */
  public static Interaction call(String operation, String type, Whose whose) {
    return new Interaction(null, operation, type, whose);
  }

  /** The same of a patient who is that near. */
  public Interaction of(Whose other) {
    return new Interaction(permission, operation, type, other);
  }

  /** For people, such as {@code search Observation}; without any id. */
  public String text() {
    if (permission == null) {
      return "call " + (type.isEmpty() ? operation : type + "/" + operation);
    }
    return permission.name().toLowerCase(Locale.ROOT) + " " + type;
  }
}
