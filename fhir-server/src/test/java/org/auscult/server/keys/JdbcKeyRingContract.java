package org.auscult.server.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.auscult.server.config.StartRefused;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** The key ring in a database; each ring stands for a node. */
abstract class JdbcKeyRingContract extends KeyRingContract {
  private static final Duration FRESH = Duration.ofMillis(40);
  private static final int NODES = 4;

  private final MasterKey master = MasterKey.parse(MasterKey.generate(), "test");

  abstract DataSource dataSource();

  private JdbcTemplate jdbc() {
    return new JdbcTemplate(dataSource());
  }

  @BeforeEach
  void empty() {
    jdbc().update("delete from signing_key");
    jdbc().update("delete from data_key");
  }

  @Override
  KeyRing ring() {
    return node(master, null);
  }

  private KeyRing node(MasterKey key, @Nullable MasterKey former) {
    return node(key, former, InstantSource.system());
  }

  private KeyRing node(MasterKey key, @Nullable MasterKey former, InstantSource clock) {
    KeyRows rows = new KeyRows(dataSource());
    return new JdbcKeyRing(rows, DataKey.open(rows, key, former), clock, FRESH);
  }

  /** All at the same instant; each from a thread of its own. */
  private static <T> List<T> atOnce(List<Callable<T>> work) throws Exception {
    CyclicBarrier start = new CyclicBarrier(work.size());
    ExecutorService threads = Executors.newFixedThreadPool(work.size());
    try {
      List<Future<T>> results = new ArrayList<>();
      for (Callable<T> one : work) {
        results.add(
            threads.submit(
                () -> {
                  start.await();
                  return one.call();
                }));
      }
      List<T> done = new ArrayList<>();
      for (Future<T> result : results) {
        done.add(result.get());
      }
      return done;
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void nodesThatAskForAFirstKeyAtOnceGetTheSame() throws Exception {
    List<Callable<String>> nodes = new ArrayList<>();
    for (int i = 0; i < NODES; i++) {
      nodes.add(() -> ring().signing(KeyPurpose.TREE_HEAD).id());
      nodes.add(() -> ring().signing(KeyPurpose.TREE_HEAD).id());
    }

    Set<String> ids = new HashSet<>(atOnce(nodes));

    assertThat(ids).hasSize(1);
    assertThat(jdbc().queryForObject("select count(*) from signing_key", Integer.class))
        .isEqualTo(1);
    assertThat(jdbc().queryForObject("select count(*) from data_key", Integer.class)).isEqualTo(1);
  }

  @Test
  void oneNodeDecryptsWhatAnotherEncrypted() throws Exception {
    List<KeyRing> nodes = atOnce(List.of(this::ring, this::ring, this::ring));

    byte[] encrypted = nodes.get(0).encrypt("x".getBytes(UTF_8), "context");

    assertThat(nodes.get(1).decrypt(encrypted, "context")).isEqualTo("x".getBytes(UTF_8));
    assertThat(nodes.get(2).decrypt(encrypted, "context")).isEqualTo("x".getBytes(UTF_8));
  }

  @Test
  void nodesThatRotateAtOnceGetTheSameKey() throws Exception {
    List<KeyRing> nodes = new ArrayList<>();
    for (int i = 0; i < NODES; i++) {
      nodes.add(ring());
    }
    String first = nodes.get(0).signing(KeyPurpose.TREE_HEAD).id();
    for (KeyRing node : nodes) {
      assertThat(node.signing(KeyPurpose.TREE_HEAD).id()).isEqualTo(first);
    }
    List<Callable<String>> work = new ArrayList<>();
    nodes.forEach(node -> work.add(() -> node.rotate(KeyPurpose.TREE_HEAD).id()));

    Set<String> ids = new HashSet<>(atOnce(work));

    assertThat(ids).doesNotContain(first);
    // A node that was slower than the whole change of another may have made a further one.
    int keys = jdbc().queryForObject("select count(*) from signing_key", Integer.class);
    assertThat(ids).hasSizeLessThanOrEqualTo(keys - 1);
    Thread.sleep(FRESH.toMillis() + 1);
    Set<String> now = new HashSet<>();
    nodes.forEach(node -> now.add(node.signing(KeyPurpose.TREE_HEAD).id()));
    assertThat(now).hasSize(1);
  }

  /** A node never signs with a key that another does not know yet. */
  @Test
  void everyNodeKnowsAKeyBeforeAnySignsWithIt() throws Exception {
    KeyRing one = ring();
    KeyRing other = ring();
    one.signing(KeyPurpose.TREE_HEAD);
    other.verifying(KeyPurpose.TREE_HEAD);
    ExecutorService rotating = Executors.newSingleThreadExecutor();
    try {
      Future<SigningKey> rotation = rotating.submit(() -> one.rotate(KeyPurpose.TREE_HEAD));
      Set<String> signed = new HashSet<>();
      do {
        String id = one.signing(KeyPurpose.TREE_HEAD).id();
        signed.add(id);
        assertThat(other.verifying(KeyPurpose.TREE_HEAD)).extracting(VerifyingKey::id).contains(id);
      } while (!rotation.isDone());
      signed.add(one.signing(KeyPurpose.TREE_HEAD).id());
      assertThat(signed).hasSize(2).contains(rotation.get().id());
    } finally {
      rotating.shutdownNow();
    }
  }

  @Test
  void erasesThePrivateHalfOfAKeyThatNoLongerSigns() {
    KeyRing ring = ring();
    String first = ring.signing(KeyPurpose.RECORD_SIGNATURE).id();

    String second = ring.rotate(KeyPurpose.RECORD_SIGNATURE).id();

    assertThat(privateHalf(first)).isNull();
    assertThat(privateHalf(second)).isNotNull();
    assertThat(ring().verifying(KeyPurpose.RECORD_SIGNATURE)).hasSize(2);
  }

  private @Nullable String privateHalf(String id) {
    return jdbc()
        .queryForObject("select private_key from signing_key where id = ?", String.class, id);
  }

  @Test
  void aNodeWhoseClockIsLateStillSigns() {
    KeyRing ring = ring();
    ring.signing(KeyPurpose.TREE_HEAD);
    ring.rotate(KeyPurpose.TREE_HEAD);

    KeyRing late = node(master, null, () -> Instant.now().minusSeconds(3600));

    assertThat(late.signing(KeyPurpose.TREE_HEAD).id())
        .isEqualTo(ring.signing(KeyPurpose.TREE_HEAD).id());
  }

  @Test
  void keepsKeysOverARestart() {
    String id = ring().signing(KeyPurpose.TOKEN).id();
    byte[] encrypted = ring().encrypt("x".getBytes(UTF_8), "c");

    assertThat(ring().signing(KeyPurpose.TOKEN).id()).isEqualTo(id);
    assertThat(ring().decrypt(encrypted, "c")).isEqualTo("x".getBytes(UTF_8));
  }

  @Test
  void refusesToStartUnderAnotherMasterKey() {
    ring();
    MasterKey other = MasterKey.parse(MasterKey.generate(), "test");

    assertThatThrownBy(() -> node(other, null))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("master key is not the one");
  }

  @Test
  void encryptsTheDataKeyAnewUnderANewMasterKey() {
    byte[] encrypted = ring().encrypt("x".getBytes(UTF_8), "c");
    MasterKey next = MasterKey.parse(MasterKey.generate(), "test");

    assertThat(node(next, master).decrypt(encrypted, "c")).isEqualTo("x".getBytes(UTF_8));

    assertThat(node(next, null).decrypt(encrypted, "c")).isEqualTo("x".getBytes(UTF_8));
    assertThatThrownBy(this::ring).isInstanceOf(StartRefused.class);
  }

  @Test
  void nothingInTheDatabaseIsAKey() {
    SigningKey key = ring().signing(KeyPurpose.TREE_HEAD);
    List<String> stored =
        jdbc()
            .query(
                "select public_key, private_key from signing_key",
                (row, i) -> row.getString(1) + row.getString(2));

    String all = String.join("", stored);

    assertThat(all).doesNotContain(base64(key.privateKey().getEncoded()).substring(24));
    assertThat(all).doesNotContain(base64(key.publicKey().getEncoded()).substring(24));
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** Whoever can write to the database cannot make a key of his own count. */
  @Test
  void refusesAKeyThatWasAltered() {
    ring().signing(KeyPurpose.TOKEN);
    List<String> changes =
        List.of(
            "update signing_key set public_key = '" + base64(foreignKey()) + "'",
            "update signing_key set begins_at = begins_at + 1",
            "update signing_key set number = 2",
            "update signing_key set id = 'other'",
            "update signing_key set purpose = 'TREE_HEAD'",
            "update signing_key set public_key = private_key");
    for (String change : changes) {
      List<Object[]> before = jdbc().query("select * from signing_key", (row, i) -> columns(row));
      jdbc().update(change);

      assertThatThrownBy(
              () -> {
                ring().verifying(KeyPurpose.TOKEN);
                ring().verifying(KeyPurpose.TREE_HEAD);
              })
          .as(change)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("altered");

      jdbc().update("delete from signing_key");
      before.forEach(
          row -> jdbc().update("insert into signing_key values (?, ?, ?, ?, ?, ?)", row));
      assertThat(ring().verifying(KeyPurpose.TOKEN)).hasSize(1);
    }
  }

  private static Object[] columns(ResultSet row) throws SQLException {
    Object[] columns = new Object[6];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = row.getObject(i + 1);
    }
    return columns;
  }

  private static byte[] foreignKey() {
    return KeyPairs.generate(KeyPurpose.TOKEN).getPublic().getEncoded();
  }

  @Test
  void refusesWhatWasAlteredAfterEncryption() {
    KeyRing ring = ring();
    byte[] encrypted = ring.encrypt("a secret".getBytes(UTF_8), "c");
    for (int i = 0; i < encrypted.length; i++) {
      byte[] altered = encrypted.clone();
      altered[i] ^= 1;
      assertThatThrownBy(() -> ring.decrypt(altered, "c"))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> ring.decrypt(new byte[0], "c"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
