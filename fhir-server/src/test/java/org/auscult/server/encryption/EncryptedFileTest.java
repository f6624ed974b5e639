package org.auscult.server.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncryptedFileTest {
  private static final int SECTOR = SectorCipher.SECTOR;

  @TempDir Path folder = Path.of("");
  private Path path = Path.of("");
  private final byte[] key = new byte[32];

  @BeforeEach
  void aFile() {
    path = folder.resolve("file");
    new Random(1).nextBytes(key);
  }

  private EncryptedFile open() throws IOException {
    return new EncryptedFile(
        FileChannel.open(
            path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE),
        key,
        "file");
  }

  private static byte[] all(EncryptedFile file) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) file.size());
    while (bytes.hasRemaining() && file.read(bytes, bytes.position()) > 0) {}
    return bytes.array();
  }

  /** Written, read, cut and opened again at random places, it holds what an array would hold. */
  @Test
  void isAsAPlainFileToWhoUsesIt() throws IOException {
    Random random = new Random(20261121);
    byte[] expected = new byte[0];
    EncryptedFile file = open();
    for (int step = 0; step < 3_000; step++) {
      int choice = random.nextInt(20);
      if (choice == 0) {
        int length = random.nextInt(expected.length + 1) / SECTOR * SECTOR;
        file.truncate(length);
        expected = Arrays.copyOf(expected, Math.min(length, expected.length));
      } else if (choice == 1) {
        file.close();
        file = open();
        expected = Arrays.copyOf(expected, (expected.length + SECTOR - 1) / SECTOR * SECTOR);
      } else if (choice < 12) {
        byte[] piece = new byte[random.nextInt(3 * SECTOR)];
        random.nextBytes(piece);
        int at = random.nextInt(expected.length + 1);
        if (random.nextBoolean()) {
          at = at / SECTOR * SECTOR;
          piece = Arrays.copyOf(piece, piece.length / SECTOR * SECTOR);
        }
        assertThat(file.write(ByteBuffer.wrap(piece), at)).isEqualTo(piece.length);
        expected = Arrays.copyOf(expected, Math.max(expected.length, at + piece.length));
        System.arraycopy(piece, 0, expected, at, piece.length);
      } else {
        int at = random.nextInt(expected.length + 10);
        ByteBuffer into = ByteBuffer.allocate(random.nextInt(2 * SECTOR) + 1);
        int read = file.read(into, at);
        int there = Math.max(0, Math.min(into.capacity(), expected.length - at));
        assertThat(read).isEqualTo(there == 0 ? -1 : there);
        if (there == 0) {
          continue;
        }
        assertThat(Arrays.copyOf(into.array(), there))
            .isEqualTo(Arrays.copyOfRange(expected, at, at + there));
      }
      assertThat(file.size()).isEqualTo(expected.length);
    }
    assertThat(all(file)).isEqualTo(expected);
    file.close();
  }

  @Test
  void hidesWhatIsWrittenAndTwoFilesWithOneTextDiffer() throws IOException {
    byte[] text = new byte[4 * SECTOR];
    Arrays.fill(text, (byte) 'x');
    try (EncryptedFile file = open()) {
      file.write(ByteBuffer.wrap(text), 0);
    }
    byte[] first = Files.readAllBytes(path);
    path = folder.resolve("other");
    try (EncryptedFile file = open()) {
      file.write(ByteBuffer.wrap(text), 0);
    }

    assertThat(new String(first, StandardCharsets.ISO_8859_1)).doesNotContain("xxxxxx");
    assertThat(Arrays.copyOfRange(first, SECTOR, 2 * SECTOR))
        .isNotEqualTo(Arrays.copyOfRange(first, 2 * SECTOR, 3 * SECTOR))
        .isNotEqualTo(Arrays.copyOfRange(Files.readAllBytes(path), SECTOR, 2 * SECTOR));
  }

  @Test
  void refusesAnotherKeyAndWhatIsNoEncryptedFile() throws IOException {
    open().close();
    key[0]++;
    assertThatThrownBy(this::open).isInstanceOf(IOException.class).hasMessageContaining("another");

    Files.writeString(path, "H:2,block:3");
    assertThatThrownBy(this::open).hasMessageContaining("no encrypted file");
    assertThat(path).hasContent("H:2,block:3");
  }

  @Test
  void beginsAnewWhereItsMakingWasCutShort() throws IOException {
    open().close();
    byte[] header = Files.readAllBytes(path);
    for (int length : new int[] {0, 1, 40, SECTOR - 1}) {
      Files.write(path, Arrays.copyOf(header, length));
      open().close();
      assertThat(path).hasSize(SECTOR);
    }
    Files.write(path, new byte[SECTOR]);
    try (EncryptedFile file = open()) {
      assertThat(file.size()).isZero();
    }
  }
}
