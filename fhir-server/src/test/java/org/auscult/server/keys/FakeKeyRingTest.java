package org.auscult.server.keys;

class FakeKeyRingTest extends KeyRingContract {
  @Override
  KeyRing ring() {
    return new FakeKeyRing();
  }
}
