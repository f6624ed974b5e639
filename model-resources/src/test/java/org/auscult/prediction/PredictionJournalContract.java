package org.auscult.prediction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * What every journal does.
 *
 * <p>Safety: 25.
 */
public abstract class PredictionJournalContract {
  private final UUID run = UUID.randomUUID();
  private final Entries entries = new Entries(run.getLeastSignificantBits());
  private int calls;

  /** The journal under test; entries of other tests may be in it. */
  protected abstract PredictionJournal journal();

  @Test
  void keepsAnEntryExactly() {
    JournalEntry entry = entry();

    assertThat(journal().store(entry)).isEqualTo(entry);
    assertThat(journal().find(entry.id())).contains(entry);
    assertThat(journal().find(entry.call(), entry.subject())).contains(entry);
  }

  @Test
  void findsAnEntryByTheUuidOfItsCard() {
    JournalEntry entry = journal().store(entry());

    assertThat(journal().find(CardId.of(entry.id(), 3))).contains(entry);
  }

  @Test
  void findsNothingThatWasNotStored() {
    JournalEntry entry = entry();

    assertThat(journal().find(entry.id())).isEmpty();
    assertThat(journal().find(entry.call(), entry.subject())).isEmpty();
  }

  @Test
  void givesARetryTheFirstEntry() {
    JournalEntry first = journal().store(entry());
    JournalEntry retry = entries.next(first.call(), first.subject());

    assertThat(journal().store(retry)).isEqualTo(first);
    assertThat(journal().find(retry.id())).isEmpty();
  }

  @Test
  void keepsTheSameInstanceOfAnotherPatientOrServiceApart() {
    JournalEntry first = journal().store(entry());
    Subject other = new Subject("https://other.example.org/fhir", first.subject().id());
    Call service = new Call("other", first.call().hook(), first.call().instance(), Caller.NONE);
    JournalEntry ofOther = entries.next(first.call(), other);
    JournalEntry ofService = entries.next(service, first.subject());

    assertThat(journal().store(ofOther)).isEqualTo(ofOther);
    assertThat(journal().store(ofService)).isEqualTo(ofService);
    assertThat(journal().find(first.id())).contains(first);
  }

  @Test
  void takesAnAnswerToACardAlsoTwice() {
    Feedback answer = entries.answerTo(journal().store(entry()));

    assertThat(journal().store(answer)).isTrue();
    assertThat(journal().store(answer)).isTrue();
    assertThat(answersTo(answer.card())).isEqualTo(1);
  }

  @Test
  void knowsNoCardOfAnotherJournal() {
    assertThat(journal().store(entries.answerTo(entry()))).isFalse();
  }

  /** How many answers to a card are stored. */
  protected abstract long answersTo(UUID card);

  private JournalEntry entry() {
    calls++;
    return entries.next(
        new Call("cvd-risk", "patient-view", run + "-" + calls, Caller.NONE),
        new Subject("", "p1"));
  }
}
