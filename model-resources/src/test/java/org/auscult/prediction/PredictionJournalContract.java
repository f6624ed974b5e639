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
    Answer answer = entries.kept(entries.answerTo(journal().store(entry())));

    assertThat(journal().store(answer)).contains(answer);
    assertThat(journal().store(answer)).contains(answer);
    assertThat(answersTo(answer.feedback().card())).isEqualTo(1);
    assertThat(journal().answers(CardId.journal(answer.feedback().card()))).containsExactly(answer);
  }

  @Test
  void anAnswerWithTheSameIdIsTheSameAlsoAtAnotherTime() {
    Answer first = entries.kept(entries.answerTo(journal().store(entry())));
    Feedback later =
        first
            .feedback()
            .given(Answerer.ofUser("Practitioner/1", "app"), first.feedback().at().plusMillis(1));

    assertThat(journal().store(first)).contains(first);
    assertThat(journal().store(new Answer(first.id(), later, null))).contains(first);
    assertThat(answersTo(first.feedback().card())).isEqualTo(1);
  }

  /** Safety: 26. */
  @Test
  void keepsAnswersOfTwoUsersApartAndGivesARepetitionTheFirstOne() {
    Answer first = entries.kept(entries.answerTo(journal().store(entry())));
    Answer ofOther = new Answer(UUID.randomUUID(), first.feedback(), "Practitioner/2");
    Answer sameTime = new Answer(UUID.randomUUID(), first.feedback(), null);
    UUID journalId = CardId.journal(first.feedback().card());

    assertThat(journal().answers(journalId)).isEmpty();
    assertThat(journal().store(first)).contains(first);
    assertThat(journal().store(ofOther)).contains(ofOther);
    assertThat(journal().store(sameTime)).contains(first);
    assertThat(journal().answers(journalId)).containsExactly(first, ofOther);
  }

  @Test
  void knowsNoCardOfAnotherJournal() {
    assertThat(journal().store(entries.kept(entries.answerTo(entry())))).isEmpty();
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
