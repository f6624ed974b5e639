package org.auscult.bench;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.auscult.prove.Credentials;
import org.auscult.prove.HookSigner;

/**
 * Tokens of calls that are still to be made. Who measures shares the machine with the server, so
 * signing, which is the EHR's work and not ours, is done before.
 */
final class SignedAhead {
  /** For as long as a server lets tokens live at the most. */
  static final Duration LIFE = Duration.ofHours(1);

  private final Queue<String> tokens = new ConcurrentLinkedQueue<>();
  private final String url;
  private final HookSigner ehr;

  SignedAhead(String root, HookSigner ehr) {
    this.url = root + HookSide.PATH;
    this.ehr = ehr;
  }

  void sign(int calls) {
    int missing = Math.max(0, calls - tokens.size());
    IntStream.range(0, missing).parallel().forEach(i -> tokens.add(ehr.token(url)));
  }

  /** The tokens signed ahead, while there are any, for calls of the hook; others for the rest. */
  Credentials before(Credentials others) {
    return called -> {
      String ready = called.getPath().equals(HookSide.PATH) ? tokens.poll() : null;
      return ready == null ? others.bearer(called) : ready;
    };
  }
}
