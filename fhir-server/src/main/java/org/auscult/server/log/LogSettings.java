package org.auscult.server.log;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the log is written. The lines tell the same; {@code logback-spring.xml} reads it too, before
 * anything else runs.
 *
 * @param format of a line
 */
@ConfigurationProperties("auscult.log")
public record LogSettings(@DefaultValue("text") Format format) {
  /** What a line looks like. */
  public enum Format {
    /** For people. */
    TEXT,
    /** One JSON object in each line, for collectors of logs. */
    JSON
  }
}
