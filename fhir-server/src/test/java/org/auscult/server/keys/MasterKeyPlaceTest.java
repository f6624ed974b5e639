package org.auscult.server.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.auscult.server.config.StartRefused;
import org.auscult.server.keys.MasterKeyPlace.Keys;
import org.auscult.server.keys.MasterKeyPlace.Reach;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MasterKeyPlaceTest {
  private static final byte[] CONTEXT = new byte[0];

  @TempDir Path folder = Path.of("");

  private MasterKeyPlace place(
      @Nullable Path file, @Nullable String environment, Keys keys, Reach reach) {
    return new MasterKeyPlace(
        new KeySettings(file, null, Duration.ZERO), environment, folder, keys, reach);
  }

  private Path file(String text, String permissions) throws IOException {
    Path file = folder.resolve("given.key");
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    return file;
  }

  private static boolean areSame(MasterKey one, MasterKey other) throws Exception {
    byte[] encrypted = one.aead().encrypt(new byte[] {1}, CONTEXT);
    try {
      return other.aead().decrypt(encrypted, CONTEXT).length == 1;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  @Test
  void makesAKeyThatOnlyItsOwnerMayReadAndFindsItAgain() throws Exception {
    MasterKeyPlace place = place(null, null, Keys.NONE, Reach.THIS_MACHINE);

    MasterKey made = place.find();

    Path file = folder.resolve("master.key");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(areSame(made, place.find())).isTrue();
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void processesThatMakeAKeyAtOnceHaveTheSame() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<MasterKey>> made = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        made.add(threads.submit(() -> place(null, null, Keys.NONE, Reach.THIS_MACHINE).find()));
      }
      MasterKey first = made.get(0).get();
      for (Future<MasterKey> other : made) {
        assertThat(areSame(first, other.get())).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void makesNoKeyForADatabaseWhoseKeysAreUnderAnother() {
    assertThatThrownBy(place(null, null, Keys.STORED, Reach.THIS_MACHINE)::find)
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("is missing");
    assertThat(folder.resolve("master.key")).doesNotExist();
  }

  @Test
  void makesNoKeyForAServerThatOthersCanReach() {
    assertThatThrownBy(place(null, null, Keys.NONE, Reach.NETWORK)::find)
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("openssl rand -base64 32");
    assertThat(folder).isEmptyDirectory();
  }

  /** A key that lies beside the data is none for a server that others can reach. */
  @Test
  void doesNotTakeTheKeyBesideTheDataWhereOthersCanReachTheServer() {
    place(null, null, Keys.NONE, Reach.THIS_MACHINE).find();

    assertThatThrownBy(place(null, null, Keys.STORED, Reach.NETWORK)::find)
        .isInstanceOf(StartRefused.class);
  }

  @Test
  void takesTheFileBeforeTheEnvironment() throws Exception {
    String text = MasterKey.generate();
    Path file = file(text + "\n", "rw-r-----");

    MasterKey found = place(file, MasterKey.generate(), Keys.STORED, Reach.NETWORK).find();

    assertThat(areSame(found, MasterKey.parse(text, "test"))).isTrue();
  }

  @Test
  void takesTheEnvironment() throws Exception {
    String text = MasterKey.generate();

    MasterKey found = place(null, text, Keys.STORED, Reach.NETWORK).find();

    assertThat(areSame(found, MasterKey.parse(text, "test"))).isTrue();
  }

  @Test
  void refusesAFileThatOthersCanRead() throws IOException {
    for (String permissions : List.of("rw-r--r--", "rw--w----", "rw-----w-", "rwx-----x")) {
      Path file = file(MasterKey.generate(), permissions);

      assertThatThrownBy(place(file, null, Keys.NONE, Reach.NETWORK)::find)
          .as(permissions)
          .isInstanceOf(StartRefused.class)
          .hasMessageContaining("chmod 600");
    }
  }

  @Test
  void refusesWhatIsNoKeyWithoutRepeatingIt() {
    String tooShort = "c2VjcmV0IHRoYXQgaXMgdG9vIHNob3J0";
    for (String text : List.of(tooShort, "secret!", MasterKey.generate() + "AAAA")) {
      assertThatThrownBy(place(null, text, Keys.NONE, Reach.NETWORK)::find)
          .isInstanceOf(StartRefused.class)
          .hasMessageContaining("AUSCULT_MASTER_KEY")
          .hasMessageNotContaining(text);
    }
  }

  @Test
  void refusesAFileThatIsMissing() {
    assertThatThrownBy(place(folder.resolve("none"), null, Keys.NONE, Reach.THIS_MACHINE)::find)
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("auscult.keys.master-key-file");
  }

  @Test
  void saysNothingOfTheKeyAsText() {
    String text = MasterKey.generate();

    assertThat(place(null, text, Keys.NONE, Reach.NETWORK).toString()).doesNotContain(text);
    assertThat(MasterKey.parse(text, "test").toString()).isEqualTo("MasterKey");
  }
}
