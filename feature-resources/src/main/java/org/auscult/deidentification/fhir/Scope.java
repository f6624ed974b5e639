package org.auscult.deidentification.fhir;

import java.util.Map;
import org.auscult.deidentification.Person;
import org.jspecify.annotations.Nullable;

/**
 * What masking one resource needs to know of it.
 *
 * @param person whose it is; null if it is nobody's, or the input does not say
 * @param names what its references mean
 * @param contained the new names of its contained resources, such as {@code #c1}, by the old ones
 * @param subject whether its numbers are ages
 */
record Scope(
    @Nullable Person person, BundleNames names, Map<String, String> contained, Numbers subject) {
  /** What numbers without a unit of time say. */
  enum Numbers {
    AGES,
    OTHER
  }
}
