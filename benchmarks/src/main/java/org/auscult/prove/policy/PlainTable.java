package org.auscult.prove.policy;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The second evaluator, as plain as can be: each row of the text is multiplied out, and a cell is
 * looked up. It shares no code with the policy, and knows no scopes but those that permit all.
 */
final class PlainTable {
  /** The purpose of use of whoever is asked as, here. */
  private static final String TREATMENT = "TREAT";

  private final Set<List<String>> allowed = new HashSet<>();
  private final Set<String> notForTreatment = new HashSet<>();
  private final Set<String> operations = new TreeSet<>();
  private int rows;

  /**
   * @param text of the policy
   * @param roles codes of all roles
   */
  PlainTable(String text, List<String> roles) {
    Map<String, List<String>> groups = new HashMap<>();
    for (String line : text.split("\n")) {
      String[] words = line.strip().split("\\s+");
      if (words[0].equals("group")) {
        groups.put(words[1], Arrays.asList(words).subList(3, words.length));
      } else if (words[0].equals("operation")) {
        operations.add(words[1]);
        int only = Arrays.asList(words).indexOf("for");
        if (only > 0 && !Arrays.asList(words).subList(only, words.length).contains(TREATMENT)) {
          notForTreatment.add(words[1]);
        }
      } else if (line.contains("|") && !words[0].equals("role") && !words[0].equals("#")) {
        rows++;
        row(line.split("\\|"), groups, roles);
      }
    }
  }

  private void row(String[] row, Map<String, List<String>> groups, List<String> roles) {
    String may = row[2].strip();
    for (String role : row[0].strip().equals("any") ? roles : List.of(row[0].strip())) {
      for (String family : row[1].strip().split(" +")) {
        for (String word : row[3].strip().split(" +")) {
          for (String what : groups.getOrDefault(word, List.of(word))) {
            for (String whose : row[4].strip().split(" +")) {
              for (String letter : may.equals("call") ? new String[] {"call"} : may.split("")) {
                allowed.add(List.of(role, family, letter, what, whose));
              }
            }
          }
        }
      }
    }
  }

  /** Whether any row tells patients of a type apart; of other types none names one. */
  boolean namesPatients(String type) {
    return allowed.stream().anyMatch(row -> row.get(3).equals(type) && !row.get(4).equals("none"));
  }

  int rows() {
    return rows;
  }

  /** All operations that the text names, such as {@code Patient/$features}. */
  Set<String> operations() {
    return operations;
  }

  /**
   * Whether a cell is allowed.
   *
   * @param what {@code Type.letter}; the type alone of an operation
   * @param operation empty for an interaction
   */
  boolean allows(String role, String family, String what, String operation, String whose) {
    if (operation.isEmpty()) {
      int dot = what.lastIndexOf('.');
      String type = what.substring(0, dot);
      return allowed.contains(List.of(role, family, what.substring(dot + 1), type, whose));
    }
    String called = what.isEmpty() ? operation : what + "/" + operation;
    if (notForTreatment.contains(called)) {
      return false;
    }
    return allowed.contains(List.of(role, family, "call", called, whose))
        || allowed.contains(List.of(role, family, "call", "*/" + operation, whose));
  }
}
