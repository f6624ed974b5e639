package org.auscult.feature;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.auscult.timeline.Code;
import org.auscult.timeline.Fact;
import org.jspecify.annotations.Nullable;

/**
 * Which of the facts with the right code a feature reads. An empty set does not restrict.
 *
 * @param categories the first category's code: {@code laboratory}
 * @param interpretations the first interpretation's code: {@code H}, {@code LL}
 * @param encounterClasses class of the encounter that the fact belongs to; a fact without a known
 *     encounter is none of them
 * @param displays words, any of which the code's text must hold, in whatever case
 */
public record Filter(
    Set<String> categories,
    Set<String> interpretations,
    Set<Code> encounterClasses,
    List<String> displays) {
  /** Lets all facts pass. */
  public static final Filter ALL = new Filter(Set.of(), Set.of(), Set.of(), List.of());

  public Filter {
    categories = Set.copyOf(categories);
    interpretations = Set.copyOf(interpretations);
    encounterClasses = Set.copyOf(encounterClasses);
    displays = List.copyOf(displays);
    if (displays.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("A word to look for is blank");
    }
  }

  /**
   * @param encounter the class codes of the fact's encounter; empty if unknown
   */
  boolean passes(Fact fact, Set<Code> encounter) {
    return isOf(categories, fact.context().category())
        && isOf(interpretations, fact.context().interpretation())
        && (encounterClasses.isEmpty() || encounter.stream().anyMatch(encounterClasses::contains))
        && (displays.isEmpty() || isNamed(fact.display()));
  }

  private static boolean isOf(Set<String> wanted, @Nullable String found) {
    return wanted.isEmpty() || (found != null && wanted.contains(found));
  }

  private boolean isNamed(@Nullable String display) {
    if (display == null) {
      return false;
    }
    String text = display.toLowerCase(Locale.ROOT);
    return displays.stream().anyMatch(word -> text.contains(word.toLowerCase(Locale.ROOT)));
  }
}
