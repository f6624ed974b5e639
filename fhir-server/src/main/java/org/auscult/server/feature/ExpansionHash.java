package org.auscult.server.feature;

import java.util.List;
import org.auscult.feature.ResolvedContextRule;
import org.auscult.feature.ResolvedFeature;
import org.auscult.feature.fhir.FeatureUrls;
import org.auscult.feature.fhir.Problem;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Library;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/**
 * The hash of what an active definition's ValueSets expand to, kept in the definition itself. What
 * it was when the version became active it must stay: otherwise models would be fed with another
 * feature under the same name.
 */
final class ExpansionHash {
  private static final String WHERE = "Library.extension('" + FeatureUrls.EXPANSION + "')";

  private ExpansionHash() {}

  /**
   * A definition that was expanded.
   *
   * @param hash of what it means
   */
  record Expanded(String canonical, @Nullable String hash, boolean namesValueSets) {
    static Expanded of(ResolvedFeature feature) {
      return new Expanded(
          feature.definition().canonical(), feature.terms().expansion(), feature.namesValueSets());
    }

    static Expanded of(ResolvedContextRule rule) {
      return new Expanded(rule.rule().canonical(), rule.expansion(), rule.rule().namesValueSets());
    }
  }

  /** What the definition states; null if nothing. */
  static @Nullable String stated(Library definition) {
    Extension extension = definition.getExtensionByUrl(FeatureUrls.EXPANSION);
    return extension == null || extension.getValue() == null
        ? null
        : extension.getValue().primitiveValue();
  }

  /**
   * Puts it into a definition that becomes active; holds a definition that states one to it.
   *
   * @param former the active version that stays as it is; null otherwise
   */
  static void settle(
      Library definition, @Nullable Library former, Expanded resolved, List<Problem> problems) {
    String stated = stated(definition);
    if (former != null) {
      String before = stated(former);
      if (stated == null && before != null) {
        put(definition, before);
      }
      return;
    }
    if (stated != null) {
      changed(stated, resolved).forEach(problems::add);
    } else if (definition.getStatus() == PublicationStatus.ACTIVE && resolved.namesValueSets()) {
      put(definition, String.valueOf(resolved.hash()));
    }
  }

  private static void put(Library definition, String hash) {
    definition.addExtension(new Extension(FeatureUrls.EXPANSION, new StringType(hash)));
  }

  /** Empty if it is what it was. */
  static List<Problem> changed(@Nullable String stated, Expanded resolved) {
    return stated == null || stated.equals(resolved.hash())
        ? List.of()
        : List.of(
            new Problem(
                WHERE,
                "the ValueSets of "
                    + resolved.canonical()
                    + " do not expand to what they did: "
                    + resolved.hash()
                    + " now, "
                    + stated
                    + " when it became active",
                "Put back ValueSet and CodeSystem, or publish it under a new version."));
  }
}
