package org.auscult.prove;

import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** What proves to a server who calls. */
@FunctionalInterface
public interface Credentials {
  /** Nobody. */
  Credentials NONE = url -> null;

  /**
   * The token for a call.
   *
   * @return null to send none
   */
  @Nullable String bearer(URI url) throws IOException, InterruptedException;
}
