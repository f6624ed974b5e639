package org.auscult.audit.export;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A file is no export of an audit log, so that nothing can be said of it. */
public final class UnreadableExportException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message for people
   */
  public UnreadableExportException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
