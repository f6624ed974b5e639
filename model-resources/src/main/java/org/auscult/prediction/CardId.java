package org.auscult.prediction;

import java.util.UUID;

/**
 * Cards' own uuids, made of the journal entry's: the same with the card's number as its last byte.
 * So a card leads to its entry without a table of its own, and a retry gives the same ids.
 */
public final class CardId {
  private static final long LAST_BYTE = 0xFFL;

  private CardId() {}

  /** A journal id from any random UUID. */
  public static UUID journal(UUID id) {
    return new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits() & ~LAST_BYTE);
  }

  /**
   * The uuid of a card.
   *
   * @param number from 1 to 255
   */
  public static UUID of(UUID journal, int number) {
    if (number < 1 || number > LAST_BYTE) {
      throw new IllegalArgumentException("A card's number is 1 to 255, not " + number);
    }
    return new UUID(journal.getMostSignificantBits(), journal.getLeastSignificantBits() | number);
  }

  /** The number of a card; 0 for a journal id. */
  public static int number(UUID card) {
    return (int) (card.getLeastSignificantBits() & LAST_BYTE);
  }
}
