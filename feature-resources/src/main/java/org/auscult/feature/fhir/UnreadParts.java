package org.auscult.feature.fhir;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.DataRequirement;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Library;

/**
 * What a definition says and nobody reads: a misspelt window would be none, and a filter that is
 * passed over would let the future in. So it is refused.
 */
final class UnreadParts {
  private static final String OURS = FeatureUrls.BASE + "/StructureDefinition/";
  private static final String WHERE = "Library.dataRequirement";
  private static final Set<String> KNOWN =
      Arrays.stream(FeatureUrls.class.getFields())
          .filter(field -> Modifier.isStatic(field.getModifiers()))
          .map(UnreadParts::value)
          .collect(Collectors.toUnmodifiableSet());

  private UnreadParts() {}

  private static String value(Field constant) {
    try {
      return String.valueOf(constant.get(null));
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("It is public", e);
    }
  }

  private static boolean isOfFeatures(String url) {
    return url.startsWith(OURS) && url.startsWith("feature-", OURS.length());
  }

  static void check(Library library, Problems problems) {
    Set<String> unknown = new LinkedHashSet<>();
    for (Extension extension : library.getExtension()) {
      String url = String.valueOf(extension.getUrl());
      if (isOfFeatures(url) && !KNOWN.contains(url) && unknown.add(url)) {
        problems.add(Extensions.at(url), "nothing reads it", "Correct its url, or remove it.");
      }
    }
    if (library.hasModifierExtension()) {
      problems.add("Library.modifierExtension", "nothing reads it", "Remove it.");
    }
    for (DataRequirement requirement : library.getDataRequirement()) {
      if (requirement.hasDateFilter()) {
        problems.add(
            WHERE + ".dateFilter",
            "nothing reads it, and what it lets in could be of after the index time",
            "Say it as a window, such as feature-lookback.");
      }
      if (requirement.hasLimit() || requirement.hasSort()) {
        problems.add(
            WHERE, "nothing reads its limit and its sort", "Use an operator, such as latest.");
      }
    }
  }
}
