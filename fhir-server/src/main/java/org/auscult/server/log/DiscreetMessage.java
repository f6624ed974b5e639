package org.auscult.server.log;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.regex.Pattern;

/**
 * A log line's message. Our own is written whole; of a library's only the template, since what it
 * would fill in may be a value of a resource or of a row. A library that fills in by itself, as
 * Hibernate does, is switched off where it speaks of rows (application.properties).
 *
 * <p>A line stays one line, whatever is in it: else who chooses an id could write lines of the log.
 * Only what is said of a failed start, which quotes no request, has several.
 */
public final class DiscreetMessage extends ClassicConverter {
  private static final String OURS = "org.auscult.";
  private static final String START = "org.springframework.boot.diagnostics.";
  private static final Pattern STEERING =
      Pattern.compile("[\\p{Cntrl}\\u0080-\\u009f\\u2028\\u2029]");

  @Override
  public String convert(ILoggingEvent event) {
    String logger = event.getLoggerName();
    String message = logger.startsWith(OURS) ? event.getFormattedMessage() : event.getMessage();
    return message == null || logger.startsWith(START) ? message : oneLine(message);
  }

  /** With a question mark for each character that ends a line or steers a terminal. */
  private static String oneLine(String message) {
    return STEERING.matcher(message).replaceAll("?");
  }
}
