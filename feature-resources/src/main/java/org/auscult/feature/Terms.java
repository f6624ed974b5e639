package org.auscult.feature;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.auscult.timeline.Code;
import org.jspecify.annotations.Nullable;

/**
 * How a definition's codes came to be those that are read, and two hashes by which a change of them
 * is seen.
 *
 * @param translation what mapping resources say; the codes of the feature are widened by it
 * @param expansion SHA-256 of what the definition means: its codes, the expansions of its ValueSets
 *     and of its inputs', in the order of their texts; null before it was taken
 * @param mapping SHA-256 of what mappings add to it; null if they add nothing
 */
public record Terms(Translation translation, @Nullable String expansion, @Nullable String mapping) {
  /** Nothing is mapped, and no hash was taken. */
  public static final Terms NONE = new Terms(Translation.NONE, null, null);

  public Terms {
    Objects.requireNonNull(translation);
  }

  /** Of a feature as it was expanded, before anything is mapped. */
  static Terms of(ResolvedFeature feature, Translation translation) {
    SortedSet<String> means = new TreeSet<>();
    add(means, "code", feature.codes());
    add(means, "true", feature.trueAnswers());
    add(means, "false", feature.falseAnswers());
    feature
        .inputs()
        .forEach(
            input ->
                means.add(
                    "input\t" + input.definition().canonical() + "\t" + input.terms().expansion()));
    ResolvedContextRule rule = feature.context();
    if (rule != null) {
      means.add("context\t" + feature.inContext().code());
      means.add("rule\t" + rule.rule().canonical() + "\t" + rule.expansion());
    }
    SortedSet<String> adds = new TreeSet<>();
    for (Set<Code> codes :
        List.of(
            feature.codes(),
            feature.trueAnswers(),
            feature.falseAnswers(),
            feature.codesOfFilters())) {
      adds.addAll(translation.lines(codes));
    }
    feature.inputs().stream()
        .filter(input -> input.terms().mapping() != null)
        .forEach(
            input ->
                adds.add(
                    "input\t" + input.definition().canonical() + "\t" + input.terms().mapping()));
    return new Terms(translation, sha256(means), adds.isEmpty() ? null : sha256(adds));
  }

  private static void add(SortedSet<String> to, String what, Set<Code> codes) {
    codes.forEach(code -> to.add(what + "\t" + code));
  }

  static String sha256(Collection<String> lines) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      lines.forEach(line -> digest.update((line + "\n").getBytes(StandardCharsets.UTF_8)));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
