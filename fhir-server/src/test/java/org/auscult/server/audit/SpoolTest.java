package org.auscult.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.auscult.server.keys.FakeKeyRing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
  static final Spool.Seal SEAL = new SpoolSeal(new FakeKeyRing());

  private static byte[] leaf(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void givesBackWhatItTookAlsoToTheNextProcess(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("new/spool");
    new Spool(file, SEAL).append(List.of(leaf("a"), leaf("")));
    new Spool(file, SEAL).append(List.of(leaf("Größe")));

    assertThat(new Spool(file, SEAL).read()).containsExactly(leaf("a"), leaf(""), leaf("Größe"));
  }

  @Test
  void isMadeWhenItIsNeeded(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("spool");
    Spool spool = new Spool(file, SEAL);

    assertThat(spool.read()).isEmpty();
    assertThat(spool.size()).isZero();
    spool.clear();
    assertThat(file).doesNotExist();
  }

  @Test
  void tornEndIsCutOffSoThatWhatFollowsIsRead(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("spool");
    Spool spool = new Spool(file, SEAL);
    spool.append(List.of(leaf("first"), leaf("second")));
    byte[] whole = Files.readAllBytes(file);
    for (int torn = 1; torn < 14; torn++) {
      Files.write(file, Arrays.copyOf(whole, whole.length - torn));
      Spool next = new Spool(file, SEAL);
      next.cutTornEnd();
      next.append(List.of(leaf("third")));

      assertThat(next.read()).containsExactly(leaf("first"), leaf("third"));
    }
  }

  @Test
  void whatIsDamagedIsNotTakenForALeaf(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("spool");
    new Spool(file, SEAL).append(List.of(leaf("first"), leaf("second")));
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);

    assertThat(new Spool(file, SEAL).read()).containsExactly(leaf("first"));
  }

  @Test
  void leavesReachTheDiskSealedOnly(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("spool");
    new Spool(file, SEAL).append(List.of(leaf("Patient/1")));

    assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain("Patient/1");
  }

  @Test
  void leafThatSomebodyPutThereIsNotTakenForOurs(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("spool");
    Spool.Seal none =
        new Spool.Seal() {
          @Override
          public byte[] seal(byte[] leaf) {
            return leaf;
          }

          @Override
          public byte[] open(byte[] sealed) {
            return sealed;
          }
        };
    new Spool(file, SEAL).append(List.of(leaf("ours")));
    new Spool(file, none).append(List.of(leaf("forged")));

    assertThatThrownBy(() -> new Spool(file, SEAL).read())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("altered");
  }

  @Test
  void refusesWhereNothingCanBeWritten(@TempDir Path folder) {
    assertThatThrownBy(() -> new Spool(folder, SEAL).append(List.of(leaf("a"))))
        .isInstanceOf(IOException.class);
  }
}
