package org.auscult.server.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.LayoutBase;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * A log line as one JSON object: {@code @timestamp} (UTC), {@code level}, {@code logger}, {@code
 * thread}, {@code message} and, if something was thrown, {@code exception}. It tells no more than
 * the line of text does.
 */
public final class JsonLines extends LayoutBase<ILoggingEvent> {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final DiscreetMessage message = new DiscreetMessage();
  private final DiscreetThrowable throwable = new DiscreetThrowable();

  @Override
  public String doLayout(ILoggingEvent event) {
    ObjectNode line = JSON.createObjectNode();
    line.put("@timestamp", Instant.ofEpochMilli(event.getTimeStamp()).toString());
    line.put("level", event.getLevel().toString());
    line.put("logger", event.getLoggerName());
    line.put("thread", event.getThreadName());
    line.put("message", message.convert(event));
    if (event.getThrowableProxy() != null) {
      line.put("exception", throwable.convert(event));
    }
    try {
      return JSON.writeValueAsString(line) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A log line cannot be written", e);
    }
  }
}
