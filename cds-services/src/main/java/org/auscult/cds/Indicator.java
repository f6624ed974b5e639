package org.auscult.cds;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How urgent a card is, in CDS Hooks' words. */
public enum Indicator {
  INFO,
  WARNING,
  CRITICAL;

  @JsonValue
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
