package org.auscult.server.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.auscult.prediction.Entries;
import org.auscult.prediction.JournalEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the materialiser does on any database. */
abstract class MaterialiserScenarios {
  private static final int AT_ONCE = 2;

  private final Entries entries = new Entries(7);
  private final RecordingWriter writer = new RecordingWriter();
  private Instant now = Instant.parse("2024-05-03T10:00:00Z");

  abstract DataSource dataSource();

  @BeforeEach
  void empty() {
    JournalDatabase.empty(dataSource());
  }

  @Test
  void writesEachEntryAndAnswerOnce() {
    List<UUID> stored = store(12);
    journal().store(entries.kept(entries.answerTo(journal().find(stored.get(3)).orElseThrow())));
    Materialiser materialiser = materialiser(writer, 5);

    drain(materialiser);

    assertThat(writer.written).containsExactlyElementsOf(stored);
    assertThat(writer.answers).hasSize(1);
    assertThat(materialiser.backlog()).isZero();
    assertThat(materialiser.runOnce()).isZero();
  }

  @Test
  void twoNodesNeverTakeTheSameRow() throws Exception {
    List<UUID> stored = store(60);
    RecordingWriter slow = new RecordingWriter();
    slow.pause = Duration.ofMillis(5);

    CompletableFuture<Void> one = CompletableFuture.runAsync(() -> drain(materialiser(slow, 3)));
    CompletableFuture<Void> other = CompletableFuture.runAsync(() -> drain(materialiser(slow, 3)));
    CompletableFuture.allOf(one, other).get(60, TimeUnit.SECONDS);
    drain(materialiser(slow, 3));

    assertThat(slow.written).containsExactlyInAnyOrderElementsOf(stored);
  }

  /** Not on H2, which locks every row that it looked at: there, the other node waits a round. */
  final void twoNodesWorkAtTheSameTime() throws Exception {
    store(2);
    CountDownLatch both = new CountDownLatch(2);
    RecordingWriter meeting = new RecordingWriter();
    meeting.before = () -> meet(both);

    CompletableFuture<Integer> one =
        CompletableFuture.supplyAsync(() -> materialiser(meeting, 1).runOnce());
    CompletableFuture<Integer> other =
        CompletableFuture.supplyAsync(() -> materialiser(meeting, 1).runOnce());

    assertThat(one.get(60, TimeUnit.SECONDS) + other.get(60, TimeUnit.SECONDS)).isEqualTo(2);
    assertThat(meeting.written).hasSize(2);
  }

  @Test
  void aPoisonRowIsTriedAloneAndParkedWhileTheOthersGoOn() {
    List<UUID> stored = store(10);
    UUID poison = stored.get(4);
    writer.poison.add(poison);
    Materialiser materialiser = materialiser(writer, 5);

    drain(materialiser);

    assertThat(writer.written).hasSize(9).doesNotContain(poison);
    assertThat(materialiser.backlog()).isEqualTo(1);
    assertThat(materialiser.parked()).isZero();
    for (int i = 0; i < 10; i++) {
      now = now.plus(Duration.ofHours(1));
      drain(materialiser);
    }
    assertThat(materialiser.parked()).isEqualTo(1);
    assertThat(materialiser.backlog()).isZero();
    assertThat(journal().find(poison)).isPresent();
  }

  @Test
  void aStoreThatIsAwayForAMinuteParksNothing() {
    List<UUID> stored = store(10);
    writer.poison.addAll(stored);
    Materialiser materialiser = materialiser(writer, 5);
    Instant back = now.plus(Duration.ofMinutes(1));
    while (now.isBefore(back)) {
      drain(materialiser);
      now = now.plus(Duration.ofSeconds(1));
    }
    writer.poison.clear();

    now = now.plus(Duration.ofMinutes(5));
    drain(materialiser);

    assertThat(writer.written).containsExactlyInAnyOrderElementsOf(stored);
    assertThat(materialiser.parked()).isZero();
  }

  @Test
  void whatWasWrittenButNotMarkedIsWrittenAgain() {
    List<UUID> stored = store(3);
    RecordingWriter dying = new RecordingWriter();
    dying.after = MaterialiserScenarios::die;
    try {
      materialiser(dying, 5).runOnce();
    } catch (Death expected) {
      assertThat(dying.written).containsExactlyElementsOf(stored);
    }

    drain(materialiser(writer, 5));

    assertThat(writer.written).containsExactlyElementsOf(stored);
  }

  @Test
  void aReaderGetsItsEntryFirst() {
    List<UUID> stored = store(10);

    materialiser(writer, 5).materialise(stored.get(8));

    assertThat(writer.written).containsExactly(stored.get(8));
  }

  @Test
  void aReaderWaitsForTheRoundThatHasItsEntryInHand() throws Exception {
    UUID stored = store(1).get(0);
    CountDownLatch claimed = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    RecordingWriter held = new RecordingWriter();
    held.before =
        () -> {
          claimed.countDown();
          await(goOn);
        };
    CompletableFuture<Void> round =
        CompletableFuture.runAsync(() -> materialiser(held, 5).runOnce());
    await(claimed);

    CompletableFuture<Boolean> reader =
        CompletableFuture.supplyAsync(
            () -> {
              materialiser(writer, 5).materialise(stored);
              return held.written.contains(stored);
            });
    Thread.sleep(200);
    assertThat(reader).isNotDone();
    goOn.countDown();

    assertThat(reader.get(30, TimeUnit.SECONDS)).isTrue();
    round.get(30, TimeUnit.SECONDS);
    assertThat(writer.written).isEmpty();
  }

  /** Otherwise as many readers as the pool has connections would wait for each other for ever. */
  @Test
  void noMoreThanSoManyRoundsHoldConnectionsAtOnce() throws Exception {
    List<UUID> stored = store(12);
    AtomicInteger writing = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    RecordingWriter counting = new RecordingWriter();
    counting.before = () -> most.accumulateAndGet(writing.incrementAndGet(), Math::max);
    counting.after = writing::decrementAndGet;
    counting.pause = Duration.ofMillis(50);
    Materialiser materialiser = materialiser(counting, 5);
    List<CompletableFuture<Void>> readers = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(stored.size());
    for (UUID id : stored) {
      readers.add(CompletableFuture.runAsync(() -> materialiser.materialise(id), threads));
    }
    for (CompletableFuture<Void> reader : readers) {
      reader.get(60, TimeUnit.SECONDS);
    }
    threads.shutdown();
    assertThat(counting.written).containsExactlyInAnyOrderElementsOf(stored);
    assertThat(most).hasValueBetween(1, AT_ONCE);
  }

  private JdbcPredictionJournal journal() {
    return new JdbcPredictionJournal(dataSource(), () -> {});
  }

  private List<UUID> store(int howMany) {
    return IntStream.range(0, howMany).mapToObj(i -> journal().store(entries.next()).id()).toList();
  }

  private Materialiser materialiser(ResourceWriter to, int batch) {
    InstantSource clock = () -> now;
    return new Materialiser(dataSource(), to, batch, AT_ONCE, clock);
  }

  private static void drain(Materialiser materialiser) {
    int rounds = 0;
    while (materialiser.runOnce() > 0) {
      assertThat(++rounds).isLessThan(1_000);
    }
  }

  private static void meet(CountDownLatch both) {
    both.countDown();
    await(both);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void die() {
    throw new Death();
  }

  /** As a kill: nothing of the round is handled. */
  private static final class Death extends Error {
    private static final long serialVersionUID = 1L;
  }

  private static final class RecordingWriter implements ResourceWriter {
    private final List<UUID> written = Collections.synchronizedList(new ArrayList<>());
    private final List<String> answers = new ArrayList<>();
    private final Set<UUID> poison = ConcurrentHashMap.newKeySet();
    private Duration pause = Duration.ZERO;
    private Runnable before = () -> {};
    private Runnable after = () -> {};

    @Override
    public void write(List<JournalEntry> batch) {
      before.run();
      if (batch.stream().anyMatch(e -> poison.contains(e.id()))) {
        throw new IllegalStateException("poison");
      }
      batch.forEach(e -> written.add(e.id()));
      try {
        Thread.sleep(pause.toMillis());
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      after.run();
    }

    @Override
    public void writeAnswers(List<Answer> batch) {
      batch.forEach(a -> answers.add(a.id()));
    }
  }
}
