package org.auscult.audit.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.auscult.audit.AuditLeaf;
import org.auscult.audit.ChainLink;
import org.auscult.audit.export.Finding.Kind;
import org.auscult.audit.head.HeadKey;
import org.auscult.audit.head.HeadKeys;
import org.auscult.audit.head.SignedTreeHead;
import org.auscult.audit.head.TreeHead;
import org.auscult.audit.tree.Frontier;
import org.auscult.audit.tree.Hash;
import org.junit.jupiter.api.Test;

/**
 * Each way to tamper with an exported log is found, and named for what it is.
 *
 * <p>The sample has 100 leaves and a head after each ten. In the file a leaf of index i stands in
 * line 1 + i + i / 10, a head of size s in line s + s / 10, counted from 0.
 *
 * <p>Governance: 2. Governance: 8.
 */
class AuditVerifierTest {
  private final SampleLog log = SampleLog.of(100, 10, 1);

  private static int lineOf(int leaf) {
    return 1 + leaf + leaf / 10;
  }

  private static int lineOfHead(int size) {
    return size + size / 10;
  }

  private static List<Kind> kinds(Verification verification) {
    return verification.findings().stream().map(Finding::kind).distinct().toList();
  }

  private static String replaced(String line, String old, String now) {
    assertThat(line).contains(old);
    return line.replace(old, now);
  }

  @Test
  void findsNothingInAnIntactLog() {
    Verification verification = log.verify(log.export());
    assertThat(verification.findings()).isEmpty();
    assertThat(verification.isIntact()).isTrue();
    assertThat(verification.leaves()).isEqualTo(100);
    assertThat(verification.heads()).isEqualTo(10);
    assertThat(verification.last()).contains(log.headAt(100));
    assertThat(verification.header().log()).isEqualTo(SampleLog.LOG);
  }

  @Test
  void theSmallestLogs() {
    SampleLog one = SampleLog.of(1, 10, 1);
    assertThat(one.verify(one.export()).findings()).isEmpty();
    SampleLog none = SampleLog.of(0, 10, 1);
    assertThat(none.verify(none.export()).findings()).isEmpty();
  }

  @Test
  void aFileMayBeCompressed() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(log.export());
    }
    byte[] file = packed.toByteArray();
    assertThat(log.verify(file).findings()).isEmpty();
    assertThat(kinds(log.verify(Arrays.copyOf(file, file.length - 1000))))
        .contains(Kind.TRUNCATED, Kind.UNREADABLE, Kind.NOT_COVERED);
  }

  @Test
  void withoutKeysTheFilesOwnAreTaken() throws IOException {
    Verification verification =
        new AuditVerifier(null, List.of(), 10).verify(new ByteArrayInputStream(log.export()));
    assertThat(verification.findings()).isEmpty();
  }

  /** Every leaf, one byte: the range is named, and where the chain goes on, the leaf. */
  @Test
  void findsAChangedByteOfAnyLeaf() {
    for (int i = 0; i < 100; i++) {
      List<String> lines = log.lines();
      byte[] leaf = log.leaves.get(i).clone();
      leaf[leaf.length - 30] ^= 1;
      lines.set(lineOf(i), SampleLog.line(i, leaf));
      Verification verification = log.verify(lines);
      int range = i / 10 * 10;
      assertThat(verification.findings())
          .anyMatch(f -> f.kind() == Kind.ALTERED && f.index() == range);
      assertThat(verification.findings().stream().filter(f -> f.kind() == Kind.ALTERED)).hasSize(1);
      if (hasSuccessor(i)) {
        int index = i;
        assertThat(verification.findings())
            .anyMatch(f -> f.message().contains("leaf " + index + " ") || f.index() == index);
      }
    }
  }

  private boolean hasSuccessor(int i) {
    ChainLink link = AuditLeaf.read(log.leaves.get(i)).link();
    return log.leaves.stream()
        .map(l -> AuditLeaf.read(l).link())
        .anyMatch(l -> l.chain().equals(link.chain()) && l.sequence() > link.sequence());
  }

  @Test
  void findsARemovedLeaf() {
    List<String> lines = log.lines();
    lines.remove(lineOf(33));
    Verification verification = log.verify(lines);
    assertThat(verification.findings())
        .anyMatch(f -> f.kind() == Kind.MISSING && f.index() == 33)
        .anyMatch(f -> f.kind() == Kind.ALTERED && f.index() == 30)
        .anyMatch(f -> f.kind() == Kind.CHAIN_GAP);
    assertThat(kinds(verification)).hasSize(3);
  }

  @Test
  void findsARemovedLeafAlsoIfTheOthersAreRenumbered() {
    List<String> lines = log.lines();
    lines.remove(lineOf(33));
    for (int i = 34; i < 40; i++) {
      lines.set(lineOf(i) - 1, SampleLog.line(i - 1, log.leaves.get(i)));
    }
    Verification verification = log.verify(lines);
    assertThat(kinds(verification))
        .containsExactlyInAnyOrder(Kind.MISSING, Kind.ALTERED, Kind.CHAIN_GAP);
  }

  @Test
  void findsTheLastLeafRemoved() {
    List<String> lines = log.lines();
    lines.remove(lineOf(99));
    assertThat(kinds(log.verify(lines))).containsExactly(Kind.MISSING, Kind.ALTERED);
  }

  @Test
  void findsTwoLeavesReordered() {
    List<String> lines = log.lines();
    Collections.swap(lines, lineOf(41), lineOf(77));
    Verification verification = log.verify(lines);
    assertThat(kinds(verification)).contains(Kind.MISSING, Kind.OUT_OF_ORDER, Kind.ALTERED);
    assertThat(
            verification.findings().stream()
                .filter(f -> f.kind() == Kind.ALTERED)
                .map(Finding::index))
        .containsExactly(40L, 70L);
  }

  @Test
  void findsTwoLeavesReorderedAlsoUnderEachOthersIndex() {
    List<String> lines = log.lines();
    lines.set(lineOf(41), SampleLog.line(41, log.leaves.get(42)));
    lines.set(lineOf(42), SampleLog.line(42, log.leaves.get(41)));
    Verification verification = log.verify(lines);
    assertThat(verification.findings())
        .anyMatch(f -> f.kind() == Kind.ALTERED && f.index() == 40)
        .noneMatch(f -> f.kind() == Kind.MISSING);
  }

  @Test
  void findsAnInsertedLeaf() {
    List<String> lines = log.lines();
    lines.add(lineOf(55), lines.get(lineOf(12)));
    Verification verification = log.verify(lines);
    assertThat(kinds(verification)).contains(Kind.OUT_OF_ORDER, Kind.ALTERED, Kind.CHAIN_REPEATED);
    assertThat(verification.findings()).anyMatch(f -> f.kind() == Kind.ALTERED && f.index() == 50);
  }

  @Test
  void findsADoubledLeafAtTheEnd() {
    List<String> lines = log.lines();
    lines.add(lineOf(99) + 1, SampleLog.line(100, log.leaves.get(99)));
    assertThat(kinds(log.verify(lines))).contains(Kind.ALTERED, Kind.CHAIN_REPEATED);
  }

  /** Whoever has no key cannot hide a change by writing the chain anew behind it. */
  @Test
  void findsAWellMadeForgery() {
    SampleLog forged = SampleLog.of(100, 10, 2);
    List<String> lines = log.lines();
    for (int i = 0; i < 100; i++) {
      lines.set(lineOf(i), SampleLog.line(i, forged.leaves.get(i)));
    }
    Verification verification = log.verify(lines);
    assertThat(kinds(verification)).containsExactly(Kind.ALTERED);
    assertThat(verification.found()).isEqualTo(10);
  }

  @Test
  void aPartThatWasAlteredDoesNotHideTheOthers() {
    List<String> lines = log.lines();
    lines.set(lineOf(5), SampleLog.line(5, log.leaves.get(6)));
    lines.set(lineOf(95), SampleLog.line(95, log.leaves.get(6)));
    assertThat(
            log.verify(lines).findings().stream()
                .filter(f -> f.kind() == Kind.ALTERED)
                .map(Finding::index))
        .containsExactly(0L, 90L);
  }

  @Test
  void findsATruncatedFile() {
    byte[] whole = log.export();
    for (int length : new int[] {whole.length - 1, whole.length - 12, whole.length / 2}) {
      assertThat(kinds(log.verify(Arrays.copyOf(whole, length)))).contains(Kind.TRUNCATED);
    }
    List<String> lines = log.lines();
    assertThat(kinds(log.verify(lines.subList(0, lineOfHead(50) + 1))))
        .containsExactly(Kind.TRUNCATED, Kind.MISSING, Kind.NOT_COVERED);
    lines.remove(lines.size() - 1);
    assertThat(kinds(log.verify(lines))).containsExactly(Kind.TRUNCATED);
    lines.add("{\"end\":99}");
    assertThat(kinds(log.verify(lines))).containsExactly(Kind.TRUNCATED);
  }

  @Test
  void findsLeavesUnderNoHead() {
    List<String> lines = log.lines();
    lines.remove(lineOfHead(100));
    Verification verification = log.verify(lines);
    assertThat(verification.findings())
        .singleElement()
        .matches(f -> f.kind() == Kind.NOT_COVERED && f.index() == 90);
    lines.remove(lineOfHead(50));
    assertThat(kinds(log.verify(lines))).containsExactly(Kind.NOT_COVERED);
  }

  @Test
  void findsWhatStandsBehindTheEnd() {
    List<String> lines = log.lines();
    lines.add(SampleLog.line(100, log.leaves.get(3)));
    assertThat(kinds(log.verify(lines))).contains(Kind.OUT_OF_ORDER, Kind.NOT_COVERED);
  }

  @Test
  void findsWhatIsNoLineOrNoLeaf() {
    List<String> lines = log.lines();
    lines.set(lineOf(7), "{\"index\":7}");
    lines.set(lineOf(17), "nonsense\u001b[31m");
    lines.set(lineOf(27), SampleLog.line(27, "{}".getBytes(StandardCharsets.UTF_8)));
    Verification verification = log.verify(lines);
    assertThat(
            verification.findings().stream()
                .filter(f -> f.kind() == Kind.UNREADABLE)
                .map(Finding::index))
        .containsExactly(7L, 17L, 27L);
    assertThat(verification.findings())
        .allMatch(f -> f.message().chars().noneMatch(Character::isISOControl));
    assertThat(kinds(verification)).contains(Kind.MISSING, Kind.ALTERED);
  }

  @Test
  void findsAForgedHead() {
    List<String> lines = log.lines();
    int head = lineOfHead(50);
    String signature = log.headAt(50).signature();
    lines.set(head, replaced(lines.get(head), signature, log.headAt(60).signature()));
    assertThat(kinds(log.verify(lines))).containsExactly(Kind.BAD_SIGNATURE);
    lines.set(head, replaced(lines.get(head), "\"key\":\"k1\"", "\"key\":\"k2\""));
    assertThat(kinds(log.verify(lines))).containsExactly(Kind.UNKNOWN_KEY);
    lines.set(head, replaced(lines.get(head), SampleLog.LOG, "another"));
    assertThat(kinds(log.verify(lines))).containsExactly(Kind.OTHER_LOG);
  }

  @Test
  void findsHeadsOutOfOrder() {
    List<String> lines = log.lines();
    lines.add(lineOfHead(60) + 1, lines.get(lineOfHead(30)));
    assertThat(kinds(log.verify(lines))).contains(Kind.BAD_HEAD);
  }

  @Test
  void findsAnEdgeThatIsNotTheHeads() {
    List<String> lines = log.lines();
    int head = lineOfHead(50);
    String first = log.edgeAt(50).get(0).hex();
    lines.set(head, replaced(lines.get(head), first, Hash.ZERO.hex()));
    assertThat(kinds(log.verify(lines))).containsExactly(Kind.BAD_HEAD);
    lines.set(head, replaced(lines.get(head), "\"" + Hash.ZERO.hex() + "\",", ""));
    assertThat(kinds(log.verify(lines))).containsExactly(Kind.BAD_HEAD);
  }

  @Test
  void findsAHeadOfAnotherTime() {
    Instant end = SampleLog.START.minusSeconds(3600);
    HeadKeys retired = HeadKeys.of(List.of(new HeadKey("k1", log.pair.getPublic(), null, end)));
    assertThat(kinds(verify(retired, log.export())))
        .containsExactly(Kind.KEY_NOT_IN_USE, Kind.NOT_COVERED);
  }

  @Test
  void findsALogSignedByAnotherKey() {
    KeyPair other = SampleLog.newPair();
    HeadKeys pinned = HeadKeys.of(List.of(new HeadKey("k1", other.getPublic(), null, null)));
    assertThat(kinds(verify(pinned, log.export())))
        .containsExactly(Kind.BAD_SIGNATURE, Kind.NOT_COVERED);
  }

  private static Verification verify(HeadKeys keys, byte[] export) {
    try {
      return new AuditVerifier(keys, List.of(), 100).verify(new ByteArrayInputStream(export));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** An operator with the key, who writes the log anew: only a head kept elsewhere tells. */
  @Test
  void findsARewrittenLogByAHeadKeptElsewhere() {
    SignedTreeHead kept = log.headAt(70);
    SignedTreeHead early = log.headAt(20);
    log.rewriteFrom(25, 10);
    Verification verification = log.verify(log.export(), early, kept);
    assertThat(verification.findings())
        .singleElement()
        .matches(f -> f.kind() == Kind.REWRITTEN && f.index() == 70);
    assertThat(log.verify(log.export(), early).findings()).isEmpty();
  }

  @Test
  void aHeadKeptElsewhereMayLieBetweenThoseOfTheFile() {
    SignedTreeHead between = log.head(37, root(log.leaves.subList(0, 37)));
    assertThat(log.verify(log.export(), between, log.headAt(100)).findings()).isEmpty();
    SignedTreeHead wrong = log.head(37, root(log.leaves.subList(0, 36)));
    assertThat(kinds(log.verify(log.export(), wrong))).containsExactly(Kind.REWRITTEN);
  }

  @Test
  void findsALogThatWasCutOff() {
    SignedTreeHead kept = log.headAt(100);
    assertThat(log.verify(log.export(0, 60)).findings()).isEmpty();
    assertThat(kinds(log.verify(log.export(0, 60), kept))).containsExactly(Kind.REWRITTEN);
  }

  @Test
  void aHeadKeptElsewhereMustBeOfThisLogAndItsKeys() {
    SignedTreeHead another =
        new TreeHead("another", 50, Hash.ZERO, SampleLog.START, "k1").sign(log.pair.getPrivate());
    assertThat(kinds(log.verify(log.export(), another))).containsExactly(Kind.OTHER_LOG);
    SignedTreeHead forged = new SignedTreeHead(log.headAt(50).head(), "AAAA");
    assertThat(kinds(log.verify(log.export(), forged))).containsExactly(Kind.BAD_SIGNATURE);
  }

  @Test
  void aPartOfALogIsVerifiedAsAWholeOneIs() {
    for (int from = 0; from <= 60; from++) {
      assertThat(log.verify(log.export(from, 60)).findings()).isEmpty();
    }
    assertThat(log.verify(log.export(33, 60), log.headAt(50)).findings()).isEmpty();
    assertThat(log.verify(log.export(50, 100), log.headAt(50)).findings()).isEmpty();
    SignedTreeHead wrong = log.head(50, root(log.leaves.subList(0, 49)));
    assertThat(kinds(log.verify(log.export(50, 100), wrong))).containsExactly(Kind.REWRITTEN);
    assertThat(kinds(log.verify(log.export(33, 60), log.headAt(20))))
        .containsExactly(Kind.HEAD_OUTSIDE);
  }

  @Test
  void findsAChangedBeginningOfAPart() {
    List<String> lines = SampleLog.lines(log.export(33, 60));
    lines.set(0, replaced(lines.get(0), log.edge(33).get(0).hex(), Hash.ZERO.hex()));
    Verification verification = log.verify(lines);
    assertThat(verification.findings())
        .singleElement()
        .matches(f -> f.kind() == Kind.ALTERED && f.index() == 33);
  }

  @Test
  void findsTimeThatGoesBackwards() {
    SampleLog odd = SampleLog.of(100, 10, 1);
    AuditLeaf last = AuditLeaf.read(odd.leaves.get(99));
    AuditLeaf early = new AuditLeaf(1, SampleLog.START.minusSeconds(1), last.link(), last.entry());
    odd.leaves.set(99, early.write());
    odd.sign(10);
    assertThat(odd.verify(odd.export()).findings())
        .singleElement()
        .matches(f -> f.kind() == Kind.TIME_BACKWARDS && f.index() == 99);
  }

  @Test
  void findsAChainThatDoesNotBeginAtItsBeginning() {
    SampleLog odd = SampleLog.of(10, 10, 1);
    AuditLeaf first = AuditLeaf.read(odd.leaves.get(0));
    ChainLink late = new ChainLink("late", 1, 3, Hash.EMPTY_ROOT);
    odd.leaves.add(new AuditLeaf(1, first.recorded(), late, first.entry()).write());
    odd.sign(11);
    assertThat(odd.verify(odd.export()).findings())
        .singleElement()
        .matches(f -> f.kind() == Kind.CHAIN_GAP && f.message().contains("places 1 to 2"));
  }

  @Test
  void keepsSoManyFindingsAndCountsAll() throws IOException {
    List<String> lines = log.lines();
    for (int i = 0; i < 100; i++) {
      lines.set(lineOf(i), "nonsense");
    }
    byte[] file = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    Verification verification =
        new AuditVerifier(log.keys(), List.of(), 7).verify(new ByteArrayInputStream(file));
    assertThat(verification.findings()).hasSize(7);
    assertThat(verification.found()).isGreaterThan(100);
  }

  @Test
  void aFileThatIsNoExportIsUnreadable() {
    String header = log.lines().get(0);
    for (String wrong :
        List.of(
            "",
            "\n",
            "{}\n",
            "\u001f\u008b",
            header,
            header.replace("auscult-audit-log", "another") + "\n",
            header.replace("\"form\":1", "\"form\":2") + "\n",
            header.replace("\"first\":0", "\"first\":-1") + "\n",
            header.replace("\"first\":0", "\"first\":1") + "\n",
            header.replace("\"first\":0", "\"first\":200") + "\n",
            header.replace("\"" + SampleLog.LOG + "\"", "\"a b\"") + "\n")) {
      assertThatThrownBy(
              () ->
                  new AuditVerifier(null, List.of(), 10)
                      .verify(
                          new ByteArrayInputStream(wrong.getBytes(StandardCharsets.ISO_8859_1))))
          .as(wrong)
          .isInstanceOf(UnreadableExportException.class);
    }
  }

  @Test
  void aWriterKeepsToItsHeader() throws IOException {
    ExportHeader header =
        new ExportHeader(SampleLog.LOG, 0, 2, List.of(), log.keys(), SampleLog.START);
    LogExportWriter writer = LogExportWriter.begin(new ByteArrayOutputStream(), header);
    writer.leaf(log.leaves.get(0));
    assertThatThrownBy(() -> writer.head(log.headAt(10), log.edgeAt(10)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(writer::end).isInstanceOf(IllegalStateException.class);
  }

  private static Hash root(List<byte[]> leaves) {
    Frontier tree = Frontier.empty();
    leaves.forEach(l -> tree.add(Hash.ofLeaf(l)));
    return tree.root();
  }
}
