package org.auscult.server.caller;

class MemoryTokenLedgerTest extends TokenLedgerContract {
  private final MemoryTokenLedger ledger = new MemoryTokenLedger();

  @Override
  protected TokenLedger one() {
    return ledger;
  }

  @Override
  protected TokenLedger another() {
    return ledger;
  }
}
