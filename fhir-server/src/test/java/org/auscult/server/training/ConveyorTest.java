package org.auscult.server.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.auscult.server.training.TrainingRun.StoppedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many at once, and their rests in order. */
@Timeout(60)
class ConveyorTest {
  private final Conveyor conveyor = Conveyor.ofProcessors();

  @AfterEach
  void close() {
    conveyor.close();
  }

  private static List<Integer> numbers(int many) {
    return IntStream.range(0, many).boxed().toList();
  }

  @Test
  void doesWhatIsLeftInTheOrderOfTheThings() throws IOException {
    List<Integer> done = new ArrayList<>();
    Thread caller = Thread.currentThread();
    conveyor.each(
        numbers(300),
        (number, later) -> {
          // Some leave much more than may wait, some nothing.
          for (int i = 0; i < new Random(number).nextInt(3) * 500; i++) {
            later.accept(
                () -> {
                  assertThat(Thread.currentThread()).isSameAs(caller);
                  done.add(number);
                });
          }
        },
        () -> {});

    assertThat(done).isSorted().hasSizeGreaterThan(10_000);
  }

  @Test
  void worksOnSeveralAtOnce() throws IOException {
    CountDownLatch both =
        new CountDownLatch(Math.min(2, Runtime.getRuntime().availableProcessors()));
    AtomicInteger met = new AtomicInteger();
    conveyor.each(
        numbers(2),
        (number, later) -> {
          both.countDown();
          try {
            met.addAndGet(both.await(20, TimeUnit.SECONDS) ? 1 : 0);
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
        },
        () -> {});

    assertThat(met).hasValue(2);
  }

  @Test
  void endsAtTheFirstFailureInOrder() {
    List<Integer> done = new ArrayList<>();
    assertThatThrownBy(
            () ->
                conveyor.each(
                    numbers(100),
                    (number, later) -> {
                      later.accept(() -> done.add(number));
                      if (number >= 7) {
                        throw new IOException("number " + number);
                      }
                    },
                    () -> {}))
        .isInstanceOf(IOException.class)
        .hasMessage("number 7");

    assertThat(done).startsWith(0, 1, 2, 3, 4, 5, 6).hasSizeLessThanOrEqualTo(8);
  }

  @Test
  void goesOnWithOtherThingsAfterAFailure() throws IOException {
    for (int i = 0; i < 20; i++) {
      assertThatThrownBy(
              () ->
                  conveyor.each(
                      numbers(50),
                      (number, later) -> {
                        for (int rest = 0; rest < 5_000; rest++) {
                          later.accept(
                              () -> {
                                throw new IllegalStateException("no room");
                              });
                        }
                      },
                      () -> {}))
          .hasMessage("no room");
    }
    endsInOrder();
  }

  private void endsInOrder() throws IOException {
    List<Integer> done = new ArrayList<>();
    conveyor.each(numbers(50), (number, later) -> later.accept(() -> done.add(number)), () -> {});
    assertThat(done).isEqualTo(numbers(50));
  }

  @Test
  void stopsWhenTheCallerIsInterruptedOrSaysSo() {
    assertThatThrownBy(
            () ->
                conveyor.each(
                    numbers(50),
                    (number, later) -> Thread.currentThread().interrupt(),
                    () -> {
                      throw new TrainingSets.LostException();
                    }))
        .isInstanceOf(TrainingSets.LostException.class);

    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> conveyor.each(numbers(50), (number, later) -> {}, () -> {}))
        .isInstanceOf(StoppedException.class);
    assertThat(Thread.interrupted()).isTrue();
  }
}
