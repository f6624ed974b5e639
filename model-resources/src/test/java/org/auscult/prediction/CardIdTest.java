package org.auscult.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class CardIdTest {
  private final UUID journal =
      CardId.journal(UUID.fromString("3f2504e0-4f89-41d3-9a0c-0305e82c3301"));

  @Test
  void everyCardLeadsBackToItsEntry() {
    for (int number = 1; number <= 255; number++) {
      UUID card = CardId.of(journal, number);

      assertThat(CardId.journal(card)).isEqualTo(journal);
      assertThat(CardId.number(card)).isEqualTo(number);
    }
    assertThat(CardId.number(journal)).isZero();
  }

  @Test
  void refusesNumbersThatDoNotFit() {
    assertThatThrownBy(() -> CardId.of(journal, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> CardId.of(journal, 256)).isInstanceOf(IllegalArgumentException.class);
  }
}
