package org.auscult.audit.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.auscult.audit.head.SignedTreeHead;
import org.auscult.audit.tree.Hash;
import org.junit.jupiter.api.Test;

/**
 * Files damaged at random, by bytes. Whatever they hold, the verifier comes to an end: intact only
 * if every leaf still is what it was.
 *
 * <p>Governance: 8.
 */
class DamagedFileTest {
  private static final int TRIES = 4_000;
  private final SampleLog log = SampleLog.of(40, 8, 5);
  private final byte[] whole = log.export();

  @Test
  void damage() throws IOException {
    Random random = new Random(42);
    int found = 0;
    int unreadable = 0;
    for (int i = 0; i < TRIES; i++) {
      byte[] file = damaged(random);
      try {
        Verification verification =
            new AuditVerifier(log.keys(), List.of(), 20).verify(new ByteArrayInputStream(file));
        if (verification.isIntact()) {
          assertThat(leaves(file)).isEqualTo(hashes(log.leaves));
        } else {
          found++;
        }
      } catch (UnreadableExportException e) {
        unreadable++;
      }
    }
    assertThat(found).isGreaterThan(TRIES * 9 / 10);
    assertThat(unreadable).isPositive();
  }

  private byte[] damaged(Random random) {
    int at = random.nextInt(whole.length);
    byte[] file;
    switch (random.nextInt(4)) {
      case 0 -> {
        file = whole.clone();
        file[at] ^= (byte) (1 + random.nextInt(255));
      }
      case 1 -> file = Arrays.copyOf(whole, at);
      case 2 -> {
        int length = 1 + random.nextInt(Math.min(300, whole.length - at));
        file = new byte[whole.length - length];
        System.arraycopy(whole, 0, file, 0, at);
        System.arraycopy(whole, at + length, file, at, whole.length - at - length);
      }
      default -> {
        byte[] more = new byte[1 + random.nextInt(300)];
        random.nextBytes(more);
        file = new byte[whole.length + more.length];
        System.arraycopy(whole, 0, file, 0, at);
        System.arraycopy(more, 0, file, at, more.length);
        System.arraycopy(whole, at, file, at + more.length, whole.length - at);
      }
    }
    return file;
  }

  private static List<Hash> hashes(List<byte[]> leaves) {
    return leaves.stream().map(Hash::ofLeaf).toList();
  }

  private static List<Hash> leaves(byte[] file) throws IOException {
    List<Hash> leaves = new ArrayList<>();
    LogExportReader.open(new ByteArrayInputStream(file))
        .read(
            new ExportContent() {
              @Override
              public void leaf(long index, byte[] leaf) {
                leaves.add(Hash.ofLeaf(leaf));
              }

              @Override
              public void head(SignedTreeHead head, List<Hash> edge) {}

              @Override
              public void end(long size) {}

              @Override
              public void unreadable(long line, String why) {
                throw new AssertionError("An intact file has no such line: " + why);
              }
            });
    return leaves;
  }
}
