package org.auscult.deidentification.fhir;

import java.util.regex.Pattern;

/**
 * Check digits of LOINC and SNOMED CT codes.
 *
 * <p>Source: LOINC Users' Guide, appendix on the mod 10 check digit; SNOMED CT Release File
 * Specification, section on Verhoeff's dihedral check.
 */
final class CheckDigits {
  private static final Pattern LOINC = Pattern.compile("(LA)?(\\d{1,7})-(\\d)");
  private static final Pattern SNOMED = Pattern.compile("[1-9]\\d{5,17}");

  /** Verhoeff's tables: products in the dihedral group of order 10, and the permutation. */
  private static final int[][] PRODUCT = new int[10][10];

  private static final int[][] PERMUTED = new int[8][10];

  static {
    for (int a = 0; a < 10; a++) {
      for (int b = 0; b < 10; b++) {
        PRODUCT[a][b] = product(a, b);
      }
    }
    int[] once = {1, 5, 7, 6, 2, 8, 3, 0, 9, 4};
    for (int digit = 0; digit < 10; digit++) {
      PERMUTED[0][digit] = digit;
    }
    for (int place = 1; place < 8; place++) {
      for (int digit = 0; digit < 10; digit++) {
        PERMUTED[place][digit] = once[PERMUTED[place - 1][digit]];
      }
    }
  }

  private CheckDigits() {}

  /** Of the symmetries of a pentagon: 0 to 4 turn it, 5 to 9 flip it first. */
  private static int product(int a, int b) {
    if (a < 5) {
      return b < 5 ? (a + b) % 5 : 5 + (a + b - 5) % 5;
    }
    return b < 5 ? 5 + Math.floorMod(a - 5 - b, 5) : Math.floorMod(a - b, 5);
  }

  /** Answers (LA…) count their letters in: what those add was found from published codes. */
  static boolean isLoinc(String code) {
    var parts = LOINC.matcher(code);
    if (!parts.matches()) {
      return false;
    }
    String digits = parts.group(2);
    int letters = parts.group(1) == null ? 0 : digits.length() % 2 == 0 ? 5 : 2;
    return (luhn(digits) + letters) % 10 == parts.group(3).charAt(0) - '0';
  }

  private static int luhn(String digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      int weighed = i % 2 == 0 ? digit * 2 : digit;
      sum += weighed / 10 + weighed % 10;
    }
    return (10 - sum % 10) % 10;
  }

  static boolean isSnomed(String code) {
    if (!SNOMED.matcher(code).matches()) {
      return false;
    }
    int check = 0;
    for (int i = 0; i < code.length(); i++) {
      int digit = code.charAt(code.length() - 1 - i) - '0';
      check = PRODUCT[check][PERMUTED[i % 8][digit]];
    }
    return check == 0;
  }
}
