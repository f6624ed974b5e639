package org.auscult.server.log;

import ch.qos.logback.classic.pattern.ThrowableHandlingConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import org.jspecify.annotations.Nullable;

/**
 * A throwable as its classes and frames. Its messages are left out: parsers, drivers and databases
 * quote in them what they could not read or store.
 */
public final class DiscreetThrowable extends ThrowableHandlingConverter {
  private static final int FRAMES = 25;
  private static final int CAUSES = 8;

  @Override
  public String convert(ILoggingEvent event) {
    StringBuilder text = new StringBuilder();
    @Nullable IThrowableProxy throwable = event.getThrowableProxy();
    for (int depth = 0; throwable != null && depth < CAUSES; depth++) {
      text.append(depth == 0 ? "" : "caused by ").append(throwable.getClassName()).append('\n');
      StackTraceElementProxy[] frames = throwable.getStackTraceElementProxyArray();
      int own = frames.length - throwable.getCommonFrames();
      int shown = Math.min(own, FRAMES);
      for (int i = 0; i < shown; i++) {
        text.append("    ").append(frames[i].getSTEAsString()).append('\n');
      }
      if (shown < own) {
        text.append("    ... ").append(own - shown).append(" more\n");
      }
      throwable = throwable.getCause();
    }
    return text.toString();
  }
}
