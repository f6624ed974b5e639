package org.auscult.server.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class SaveGateTest {
  private final Set<String> waiting = ConcurrentHashMap.newKeySet();
  private final SaveGate<String> gate = gate(Duration.ofSeconds(20));

  @Test
  void whoSavesWaitsUntilAllHaveLeft() throws Exception {
    gate.enter("a");
    gate.enter("a");
    gate.enter("b");

    CompletableFuture<Boolean> save = CompletableFuture.supplyAsync(gate::beginSave);
    gate.leave("a");
    gate.leave("b");
    Thread.sleep(60);
    assertFalse(save.isDone());

    gate.leave("a");
    assertTrue(save.get(10, TimeUnit.SECONDS));
  }

  @Test
  void whoComesWhileOneSavesWaits() throws Exception {
    assertTrue(gate.beginSave());

    CompletableFuture<Void> change =
        CompletableFuture.runAsync(
            () -> {
              gate.enter("a");
              gate.leave("a");
            });
    CompletableFuture<Boolean> other =
        CompletableFuture.supplyAsync(
            () -> {
              boolean quiet = gate.beginSave();
              gate.endSave();
              return quiet;
            });
    Thread.sleep(60);
    assertFalse(change.isDone());
    assertFalse(other.isDone());

    gate.endSave();
    change.get(10, TimeUnit.SECONDS); // whichever of the two comes first
    assertTrue(other.get(10, TimeUnit.SECONDS));
  }

  @Test
  void whoIsOnlyWaitingNeedNotLeave() {
    gate.enter("a");
    waiting.add("a");

    assertTrue(gate.beginSave());
    gate.endSave();
  }

  @Test
  void whoComesMeanwhileIsLetInBetweenTwoMoments() throws Exception {
    gate.enter("long");
    CompletableFuture<Boolean> save = CompletableFuture.supplyAsync(gate::beginSave);

    for (int i = 0; i < 10; i++) {
      gate.enter("short");
      gate.leave("short");
    }
    assertFalse(save.isDone());

    gate.leave("long");
    assertTrue(save.get(10, TimeUnit.SECONDS));
  }

  @Test
  void afterItsPatienceItSavesAllTheSameAndSaysSo() {
    SaveGate<String> hasty = gate(Duration.ofMillis(100));
    hasty.enter("a");

    assertFalse(hasty.beginSave());
    hasty.endSave();
    hasty.leave("a");
    assertTrue(hasty.beginSave());
  }

  @Test
  void anInterruptEndsNoWaitAndIsNotLost() throws Exception {
    assertTrue(gate.beginSave());
    CountDownLatch in = new CountDownLatch(1);
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              gate.enter("a");
              interrupted.complete(Thread.currentThread().isInterrupted());
              in.countDown();
            });
    thread.start();
    thread.interrupt();
    assertFalse(in.await(60, TimeUnit.MILLISECONDS));

    gate.endSave();
    assertEquals(true, interrupted.get(10, TimeUnit.SECONDS));
    thread.join();
  }

  private SaveGate<String> gate(Duration patience) {
    return new SaveGate<>(waiting::contains, patience);
  }
}
