package org.auscult.server.audit;

import org.auscult.server.keys.KeyRing;

/** Encrypts spooled leaves with the installation's data key, which a node holds in memory. */
record SpoolSeal(KeyRing keys) implements Spool.Seal {
  private static final String CONTEXT = "audit-spool";

  @Override
  public byte[] seal(byte[] leaf) {
    return keys.encrypt(leaf, CONTEXT);
  }

  @Override
  public byte[] open(byte[] sealed) {
    return keys.decrypt(sealed, CONTEXT);
  }
}
