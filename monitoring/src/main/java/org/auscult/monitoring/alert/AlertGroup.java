package org.auscult.monitoring.alert;

import org.jspecify.annotations.Nullable;

/**
 * Whose figures are watched.
 *
 * @param way of grouping, such as {@code site}
 * @param group null for each one
 */
public record AlertGroup(String way, @Nullable String group) {
  /** The way whose groups have people of their own, who are told apart. */
  public static final String SITE = "site";
}
