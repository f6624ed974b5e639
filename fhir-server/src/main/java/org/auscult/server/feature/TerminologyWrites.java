package org.auscult.server.feature;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Remembers for the length of a transaction that it writes terminology: what it then sees may never
 * be committed, and what it wrote may not yet be seen.
 */
final class TerminologyWrites {
  private TerminologyWrites() {}

  /** Notes that the transaction of this thread writes some. */
  static void note() {
    if (TransactionSynchronizationManager.isSynchronizationActive() && !areUnderway()) {
      TransactionSynchronizationManager.bindResource(TerminologyWrites.class, true);
      TransactionSynchronizationManager.registerSynchronization(
          new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
              TransactionSynchronizationManager.unbindResourceIfPossible(TerminologyWrites.class);
            }
          });
    }
  }

  /** Whether the transaction of this thread has written some. */
  static boolean areUnderway() {
    return TransactionSynchronizationManager.hasResource(TerminologyWrites.class);
  }
}
