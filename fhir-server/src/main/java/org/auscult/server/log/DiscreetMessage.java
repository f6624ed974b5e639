package org.auscult.server.log;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;

/**
 * A log line's message. Our own is written whole; of a library's only the template, since what it
 * would fill in may be a value of a resource or of a row. A library that fills in by itself, as
 * Hibernate does, is switched off where it speaks of rows (application.properties).
 */
public final class DiscreetMessage extends ClassicConverter {
  private static final String OURS = "org.auscult.";

  @Override
  public String convert(ILoggingEvent event) {
    return event.getLoggerName().startsWith(OURS)
        ? event.getFormattedMessage()
        : event.getMessage();
  }
}
