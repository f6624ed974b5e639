package org.auscult.access;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A second reading of the policy, as plain as can be: it multiplies the table's text out into cells
 * and looks one up. It shares no code with the policy.
 */
final class PlainPolicy {
  private static final Pattern GROUP = Pattern.compile("(?m)^group (\\S+) = (.*)$");
  private static final Pattern ROW =
      Pattern.compile(
          "(?m)^([a-z-]+) *\\| *([a-z ]+?) *\\| *(\\w+) *\\| *(.+?) *\\| *([a-z ]+?) *$");
  private static final List<String> ROLES =
      List.of(
          "clinician",
          "informaticist",
          "model-author",
          "reviewer",
          "approver",
          "safety-officer",
          "privacy-officer",
          "administrator",
          "auditor",
          "system");

  private static final Pattern PURPOSE =
      Pattern.compile("(?m)^purpose (\\S+) +may (\\w+)( call)? +of (.*)$");

  private static final Pattern FOR =
      Pattern.compile("(?m)^operation (\\S+) +needs .* for ([A-Z ]+)$");

  private final Map<String, List<String>> purposesOf = new HashMap<>();
  private final Set<String> cells = new HashSet<>();
  private final Set<String> needed = new HashSet<>();
  private int rows;

  PlainPolicy(String text) {
    Map<String, String> groups = new HashMap<>();
    Matcher group = GROUP.matcher(text);
    while (group.find()) {
      groups.put(group.group(1), group.group(2));
    }
    Matcher purpose = PURPOSE.matcher(text);
    while (purpose.find()) {
      for (String word : purpose.group(4).split(" ")) {
        for (String type : groups.getOrDefault(word, word).split(" ")) {
          for (String letter : purpose.group(2).split("")) {
            needed.add(purpose.group(1) + " " + type + "." + letter);
          }
        }
      }
      if (purpose.group(3) != null) {
        needed.add(purpose.group(1) + " call");
      }
    }
    Matcher only = FOR.matcher(text);
    while (only.find()) {
      purposesOf.put(only.group(1), List.of(only.group(2).split(" ")));
    }
    Matcher row = ROW.matcher(text);
    while (row.find()) {
      if (row.group(1).equals("role")) {
        continue;
      }
      rows++;
      for (String role : row.group(1).equals("any") ? ROLES : List.of(row.group(1))) {
        for (String scope : row.group(2).split(" ")) {
          for (String word : row.group(4).split(" ")) {
            for (String what : groups.getOrDefault(word, word).split(" ")) {
              for (String whose : row.group(5).split(" ")) {
                add(role + " " + scope + " " + whose + " ", row.group(3), what);
              }
            }
          }
        }
      }
    }
  }

  private void add(String before, String may, String what) {
    if (may.equals("call")) {
      cells.add(before + what);
    } else {
      may.chars().forEach(letter -> cells.add(before + what + "." + (char) letter));
    }
  }

  /** The same under a purpose of use. */
  boolean allows(String role, String scope, String what, String whose, String purpose) {
    int dot = what.lastIndexOf('.');
    boolean isNeeded =
        what.contains("$")
            ? purposesOf.containsKey(what)
                ? purposesOf.get(what).contains(purpose)
                : needed.contains(purpose + " call")
            : needed.contains(purpose + " " + what)
                || needed.contains(purpose + " all" + what.substring(dot));
    boolean isShown = !whose.equals("withheld") || needed.contains(purpose + " withheld.r");
    return isNeeded && isShown && allows(role, scope, what, whose);
  }

  int rows() {
    return rows;
  }

  /**
   * Whether a cell is allowed.
   *
   * @param what {@code Observation.r}, {@code Patient/$features} or {@code $export}
   */
  boolean allows(String role, String scope, String what, String whose) {
    String cell = role + " " + scope + " " + whose + " ";
    int dollar = what.indexOf("/$");
    return cells.contains(cell + what)
        || (dollar > 0 && cells.contains(cell + "*" + what.substring(dollar)));
  }
}
