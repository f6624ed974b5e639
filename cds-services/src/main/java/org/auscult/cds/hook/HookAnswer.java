package org.auscult.cds.hook;

import java.util.Objects;

/**
 * What goes back.
 *
 * @param status HTTP status
 * @param body JSON; empty where a status says all
 */
public record HookAnswer(int status, String body) {
  public HookAnswer {
    Objects.requireNonNull(body);
  }
}
