package org.auscult.audit.tree;

/** The fake keeps the port's contract. */
class InMemorySubtreeHashesTest extends SubtreeHashesContract {
  @Override
  protected SubtreeHashes empty() {
    return new InMemorySubtreeHashes();
  }
}
