package org.auscult.deidentification.fhir;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Which codes pass: {@code code-systems.txt}. */
final class CodeSystems {
  private final Map<String, Predicate<String>> systems = new HashMap<>();

  /**
   * The list that ships.
   *
   * @param declared whether a definition of ours declares a name
   */
  CodeSystems(Predicate<String> declared) {
    for (String line : Elements.lines("code-systems.txt")) {
      String[] words = line.split("\\s+", 3);
      systems.put(
          words[0],
          switch (words[1]) {
            case "regex" -> Pattern.compile(words[2]).asMatchPredicate();
            case "codes" -> Set.copyOf(Arrays.asList(words[2].split("\\s+")))::contains;
            case "loinc" -> CheckDigits::isLoinc;
            case "snomed" -> CheckDigits::isSnomed;
            case "declared" -> declared;
            default -> throw new IllegalStateException("code-systems.txt: " + words[1]);
          });
    }
  }

  boolean passes(String system, String code) {
    Predicate<String> check = systems.get(system);
    return check != null && check.test(code);
  }

  Set<String> systems() {
    return Set.copyOf(systems.keySet());
  }
}
