package org.auscult.monitoring.cause;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What texts are about. */
final class Words {
  private static final int LEAST_LETTERS = 3;

  /** Say how, where and in what, of most things that are measured. */
  private static final Set<String> COMMON =
      Set.of(
          "arterial",
          "average",
          "blood",
          "body",
          "calculated",
          "capillary",
          "concentration",
          "count",
          "fasting",
          "fluid",
          "last",
          "latest",
          "level",
          "mass",
          "mean",
          "measured",
          "measurement",
          "moles",
          "panel",
          "plasma",
          "point",
          "presence",
          "random",
          "ratio",
          "result",
          "sample",
          "serum",
          "specimen",
          "test",
          "total",
          "units",
          "urine",
          "value",
          "venous",
          "volume",
          "whole",
          "with",
          "and",
          "for",
          "from",
          "hour",
          "per",
          "the");

  private Words() {}

  /** Those of a text that tell what it is about. */
  static Set<String> of(String text) {
    return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
        .filter(word -> word.length() >= LEAST_LETTERS && !COMMON.contains(word))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What share of the words of both they have in common: 0 to 1 (Jaccard's index). */
  static double likeness(Set<String> one, Set<String> other) {
    Set<String> both = new TreeSet<>(one);
    both.retainAll(other);
    Set<String> either = new TreeSet<>(one);
    either.addAll(other);
    return either.isEmpty() ? 0 : both.size() / (double) either.size();
  }
}
