package org.auscult.access;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The policy as {@code policy.txt} beside this class has it.
 *
 * @param operations what each operation needs, by its name such as {@code Patient/$features}
 * @param groups types by the name of their group
 * @param purposes by their codes
 */
record PolicyTable(
    List<PolicyRow> rows,
    Map<String, Needs> operations,
    Map<String, Set<String>> groups,
    Map<String, Purpose> purposes) {
  /** More would not be read by anybody. */
  private static final int MOST_ROWS = 60;

  private static final String FILE = "policy.txt";
  private static final String OF_ALL = "of all";
  private static final Pattern PURPOSE =
      Pattern.compile("purpose (\\w+) +may ([cruds]+)( call)? +of (.+)");
  private static final Pattern ELEMENTS = Pattern.compile("elements (\\w+) (\\w+) = (.+)");

  /**
   * What an operation needs.
   *
   * @param ofAllPatients whether, called without an id, it reads or writes of every patient
   * @param purposes under which alone it may be called; none for those that call operations anyway
   */
  record Needs(boolean ofAllPatients, List<Need> scopes, Set<String> purposes) {
    Needs {
      scopes = List.copyOf(scopes);
      purposes = Set.copyOf(purposes);
    }
  }

  /** Permissions on a type, on all types by an asterisk, on the operation's own by {@code TYPE}. */
  record Need(String type, Set<Permission> permissions) {
    Need {
      permissions = Set.copyOf(permissions);
    }

    String typeFor(Interaction asked) {
      return type.equals("TYPE") ? asked.type() : type;
    }
  }

  PolicyTable {
    rows = List.copyOf(rows);
    operations = Map.copyOf(operations);
    groups = Map.copyOf(groups);
    purposes = Map.copyOf(purposes);
    if (rows.size() > MOST_ROWS) {
      throw new IllegalArgumentException("The policy has more than " + MOST_ROWS + " rows");
    }
  }

  /** The types of a group; none if there is no such group. */
  Set<String> group(String name) {
    return groups.getOrDefault(name, Set.of());
  }

  /** As the table names an operation. */
  static String name(Interaction asked) {
    return asked.type().isEmpty() ? asked.operation() : asked.type() + "/" + asked.operation();
  }

  Optional<Needs> needs(Interaction asked) {
    Needs exact = operations.get(name(asked));
    return exact != null || asked.type().isEmpty()
        ? Optional.ofNullable(exact)
        : Optional.ofNullable(operations.get("*/" + asked.operation()));
  }

  /** The text of the policy that ships. */
  static String text() {
    try (InputStream in = PolicyTable.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException(FILE + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a policy.
   *
   * @throws IllegalArgumentException naming the line that is wrong
   */
  static PolicyTable parse(String text) {
    Map<String, Set<String>> groups = new HashMap<>();
    Map<String, Needs> operations = new HashMap<>();
    Map<String, Purpose> purposes = new HashMap<>();
    List<PolicyRow> rows = new ArrayList<>();
    for (String line : text.lines().toList()) {
      try {
        if (line.startsWith("group ")) {
          String[] sides = line.substring("group ".length()).split(" = ", 2);
          groups.put(sides[0].trim(), words(sides[1]));
        } else if (line.startsWith("operation ")) {
          operation(line.substring("operation ".length()), operations);
        } else if (line.startsWith("purpose ")) {
          purpose(line, groups, purposes);
        } else if (line.startsWith("elements ")) {
          elements(line, purposes);
        } else if (line.contains("|") && !line.startsWith("role ") && !line.startsWith("#")) {
          rows.add(row(line.split("\\|", -1), groups, operations.keySet()));
        } else if (!line.isBlank() && !line.startsWith("#") && !line.startsWith("role ")) {
          throw new IllegalArgumentException(
              "it is none of group, operation, purpose, elements or row");
        }
      } catch (RuntimeException e) {
        throw new IllegalArgumentException("Policy, line '" + line + "': " + e.getMessage(), e);
      }
    }
    return new PolicyTable(rows, operations, groups, purposes);
  }

  private static void purpose(
      String line, Map<String, Set<String>> groups, Map<String, Purpose> to) {
    Matcher parts = matched(PURPOSE, line);
    Set<String> words = words(parts.group(4));
    boolean withheld = words.remove("withheld");
    boolean ofAll = words.remove("all");
    Set<String> types = new HashSet<>();
    words.forEach(word -> types.addAll(groups.getOrDefault(word, Set.of(word))));
    if (ofAll != types.isEmpty()) {
      throw new IllegalArgumentException("a purpose is of all, or of types");
    }
    Purpose purpose =
        new Purpose(
            parts.group(1),
            Permission.parse(parts.group(2)).orElseThrow(),
            parts.group(3) != null,
            types,
            withheld,
            Map.of());
    if (to.put(purpose.code(), purpose) != null) {
      throw new IllegalArgumentException(purpose.code() + " stands twice");
    }
  }

  private static void elements(String line, Map<String, Purpose> to) {
    Matcher parts = matched(ELEMENTS, line);
    Purpose purpose = to.get(parts.group(1));
    if (purpose == null
        || !purpose.types().contains(parts.group(2))
        || !Set.of(Permission.READ, Permission.SEARCH).containsAll(purpose.may())) {
      throw new IllegalArgumentException("elements are of a type that its purpose reads");
    }
    Map<String, Set<String>> elements = new HashMap<>(purpose.elements());
    elements.put(parts.group(2), words(parts.group(3)));
    to.put(
        purpose.code(),
        new Purpose(
            purpose.code(),
            purpose.may(),
            purpose.calls(),
            purpose.types(),
            purpose.withheld(),
            elements));
  }

  private static Matcher matched(Pattern form, String line) {
    Matcher parts = form.matcher(line);
    if (!parts.matches()) {
      throw new IllegalArgumentException("it does not have the form " + form);
    }
    return parts;
  }

  private static void operation(String line, Map<String, Needs> to) {
    String[] sides = line.split(" needs ", 2);
    boolean ofAll = sides[0].endsWith(OF_ALL);
    String name = sides[0].replace(OF_ALL, "").trim();
    String[] scopesAndPurposes = sides[1].split(" for ", 2);
    Set<String> purposes = scopesAndPurposes.length == 1 ? Set.of() : words(scopesAndPurposes[1]);
    List<Need> needs = new ArrayList<>();
    for (String need : words(scopesAndPurposes[0])) {
      int dot = need.indexOf('.');
      needs.add(
          new Need(
              need.substring(0, dot), Permission.parse(need.substring(dot + 1)).orElseThrow()));
    }
    if (to.put(name, new Needs(ofAll, needs, purposes)) != null) {
      throw new IllegalArgumentException(name + " stands twice");
    }
  }

  private static PolicyRow row(
      String[] cells, Map<String, Set<String>> groups, Set<String> operations) {
    if (cells.length != 5) {
      throw new IllegalArgumentException("a row has five cells");
    }
    boolean call = cells[2].trim().equals("call");
    Set<String> what = new HashSet<>();
    for (String word : words(cells[3])) {
      if (call && !operations.contains(word)) {
        throw new IllegalArgumentException(word + " is no operation above");
      }
      what.addAll(groups.getOrDefault(word, Set.of(word)));
    }
    Set<String> whose = words(cells[4]);
    if (!Set.of("own", "site", "withheld", "elsewhere", "none").containsAll(whose)) {
      throw new IllegalArgumentException("whose is one of own, site, withheld, elsewhere, none");
    }
    return new PolicyRow(
        roles(cells[0].trim()),
        families(cells[1]),
        call ? Set.of() : Permission.parse(cells[2].trim()).orElseThrow(),
        what,
        whose);
  }

  private static Set<Role> roles(String cell) {
    if (cell.equals("any")) {
      return EnumSet.allOf(Role.class);
    }
    return EnumSet.of(Role.of(cell).orElseThrow());
  }

  private static Set<ScopeFamily> families(String cell) {
    EnumSet<ScopeFamily> families = EnumSet.noneOf(ScopeFamily.class);
    words(cell).forEach(word -> families.add(ScopeFamily.of(word).orElseThrow()));
    return families;
  }

  private static Set<String> words(String cell) {
    return new HashSet<>(Arrays.asList(cell.trim().split(" +")));
  }
}
