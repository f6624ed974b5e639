package org.auscult.timeline;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Families of codes: a code with all that lie below it. ICD-10 says in a code's own text what lies
 * above it: I50.22 lies below I50.2, and that below I50. So a family is known without the content
 * of the code system, in whatever national modification and of whatever year.
 *
 * <p>A family stands in a set of codes as ICD writes it, {@code I50.-} and {@code E10.2-}. A record
 * may hold the same text, for something of that family.
 */
public final class CodeFamilies {
  private static final String SYSTEMS = "http://hl7.org/fhir/sid/icd-10";
  private static final String MARK = "-";
  private static final int CATEGORY = 3;

  private CodeFamilies() {}

  /** Whether a system's codes say what lies above them. */
  public static boolean isKnownOf(String system) {
    return system.startsWith(SYSTEMS);
  }

  /**
   * A code with all below it.
   *
   * <p>Errors: IllegalArgumentException if its text does not say what lies below it.
   */
  public static Code family(Code head) {
    if (!isKnownOf(head.system()) || head.code().length() < CATEGORY || isFamily(head)) {
      throw new IllegalArgumentException(head + " has no family");
    }
    return new Code(head.system(), mark(head.code()));
  }

  private static String mark(String head) {
    return head.length() == CATEGORY ? head + "." + MARK : head + MARK;
  }

  /** Whether this stands for a code with all below it. */
  public static boolean isFamily(Code code) {
    return code.code().endsWith(MARK) && isKnownOf(code.system());
  }

  /** The code at the head of a family. */
  public static Code head(Code family) {
    String text = family.code().substring(0, family.code().length() - MARK.length());
    return new Code(
        family.system(), text.endsWith(".") ? text.substring(0, text.length() - 1) : text);
  }

  /** Whether some of these codes are families. */
  public static boolean areAmong(Collection<Code> codes) {
    return codes.stream().anyMatch(CodeFamilies::isFamily);
  }

  /** The families to which a code belongs, its own among them; none for most systems. */
  public static List<Code> of(Code code) {
    if (!isKnownOf(code.system())) {
      return List.of();
    }
    String text = isFamily(code) ? head(code).code() : code.code();
    List<Code> families = new ArrayList<>();
    for (int length = CATEGORY; length <= text.length(); length++) {
      if (text.charAt(length - 1) != '.') {
        families.add(new Code(code.system(), mark(text.substring(0, length))));
      }
    }
    return families;
  }

  /** Whether a code is in a set, itself or by one of its families. */
  public static boolean holds(Set<Code> codes, Code code) {
    return codes.contains(code)
        || (isKnownOf(code.system()) && of(code).stream().anyMatch(codes::contains));
  }

  /** Whether any of these codes is in a set, itself or by one of its families. */
  public static boolean holdsAny(Set<Code> codes, Collection<Code> some) {
    return some.stream().anyMatch(code -> holds(codes, code));
  }
}
