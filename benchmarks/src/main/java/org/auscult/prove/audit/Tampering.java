package org.auscult.prove.audit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.auscult.audit.AuditEntry;
import org.auscult.audit.AuditLeaf;
import org.auscult.audit.CanonicalJson;
import org.auscult.audit.ChainLink;
import org.auscult.audit.JsonFields;
import org.auscult.audit.tree.Hash;

/**
 * Tampers with the leaves between two heads, as somebody would who can write the file but has no
 * key. The heads stay as they are.
 */
final class Tampering {
  /** What is done. */
  enum Kind {
    /** A byte of one leaf, to any other value; or, by who knows the form, its patient. */
    CHANGE,
    REMOVE,
    /** Two leaves, each in the other's place. */
    REORDER,
    /** One from elsewhere in the log, or a new one. */
    INSERT
  }

  /** How well the traces are covered. */
  enum Craft {
    /** Not at all: lines keep the index that they had. */
    PLAIN,
    /** Indexes run on. */
    RENUMBERED,
    /** Indexes run on, and each chain is written anew, up to the next head. */
    RECHAINED
  }

  private record Line(long index, byte[] leaf) {}

  private final Random random;

  Tampering(Random random) {
    this.random = random;
  }

  /**
   * Tampers once.
   *
   * @param lines of a part: leaves, and last its head
   * @param elsewhere a leaf from anywhere in the log
   * @return the lines as they now are
   */
  List<String> apply(Kind kind, Craft craft, long first, List<String> lines, byte[] elsewhere) {
    List<Line> leaves = new ArrayList<>(lines.size());
    for (String line : lines.subList(0, lines.size() - 1)) {
      leaves.add(parse(line));
    }
    tamper(kind, craft, leaves, elsewhere);
    if (craft != Craft.PLAIN) {
      renumber(first, leaves);
    }
    if (craft == Craft.RECHAINED) {
      rechain(leaves);
    }
    List<String> result = new ArrayList<>(leaves.stream().map(Tampering::line).toList());
    result.add(lines.get(lines.size() - 1));
    return result;
  }

  private void tamper(Kind kind, Craft craft, List<Line> leaves, byte[] elsewhere) {
    int at = random.nextInt(leaves.size());
    switch (kind) {
      case CHANGE -> {
        byte[] leaf = leaves.get(at).leaf();
        leaves.set(
            at,
            new Line(
                leaves.get(at).index(),
                craft == Craft.RECHAINED ? ofAnotherPatient(leaf) : withAnotherByte(leaf)));
      }
      case REMOVE -> leaves.remove(at);
      case REORDER -> {
        int other = (at + 1 + random.nextInt(leaves.size() - 1)) % leaves.size();
        Line one = leaves.get(at);
        leaves.set(at, leaves.get(other));
        leaves.set(other, one);
      }
      case INSERT -> {
        byte[] leaf = random.nextBoolean() ? elsewhere : ofANewChain(leaves.get(at).leaf());
        leaves.add(at, new Line(leaves.get(at).index(), leaf));
      }
    }
  }

  private byte[] withAnotherByte(byte[] leaf) {
    byte[] changed = leaf.clone();
    changed[random.nextInt(changed.length)] ^= (byte) (1 + random.nextInt(255));
    return changed;
  }

  private static byte[] ofAnotherPatient(byte[] bytes) {
    AuditLeaf leaf = AuditLeaf.read(bytes);
    AuditEntry entry = leaf.entry();
    return new AuditLeaf(
            leaf.form(),
            leaf.recorded(),
            leaf.link(),
            AuditEntry.of(entry.kind(), entry.action(), entry.operation())
                .by(entry.agent())
                .request(entry.request())
                .patients(List.of("somebody-else"))
                .build())
        .write();
  }

  /** No other leaf has anything to do with it, so that no chain is broken by it. */
  private byte[] ofANewChain(byte[] bytes) {
    AuditLeaf leaf = AuditLeaf.read(bytes);
    Instant time = leaf.recorded();
    ChainLink link = new ChainLink("forged-" + random.nextInt(1_000_000), 1, 1, Hash.ZERO);
    return new AuditLeaf(leaf.form(), time, link, leaf.entry()).write();
  }

  private static void renumber(long first, List<Line> leaves) {
    for (int i = 0; i < leaves.size(); i++) {
      leaves.set(i, new Line(first + i, leaves.get(i).leaf()));
    }
  }

  /** Each leaf behind the first of its chain gets the place and the former leaf that it now has. */
  private static void rechain(List<Line> leaves) {
    Map<String, ChainLink> last = new HashMap<>();
    Map<String, Hash> hashes = new HashMap<>();
    Map<String, Instant> times = new HashMap<>();
    for (int i = 0; i < leaves.size(); i++) {
      AuditLeaf leaf = AuditLeaf.read(leaves.get(i).leaf());
      ChainLink link = leaf.link();
      String chain = link.chain();
      ChainLink former = last.get(chain);
      Hash previous = hashes.get(chain);
      Instant time = leaf.recorded();
      if (former != null && previous != null) {
        link = new ChainLink(link.node(), link.lane(), former.sequence() + 1, previous);
        Instant before = times.getOrDefault(chain, time);
        time = time.isBefore(before) ? before : time;
      }
      byte[] written = new AuditLeaf(leaf.form(), time, link, leaf.entry()).write();
      leaves.set(i, new Line(leaves.get(i).index(), written));
      last.put(chain, link);
      hashes.put(chain, Hash.ofLeaf(written));
      times.put(chain, time);
    }
  }

  /** The leaf of a line. */
  static byte[] leaf(String line) {
    return parse(line).leaf();
  }

  private static Line parse(String line) {
    JsonFields json = JsonFields.of(line.getBytes(StandardCharsets.UTF_8));
    return new Line(json.whole("index"), Base64.getDecoder().decode(json.text("leaf")));
  }

  private static String line(Line line) {
    return new String(
        CanonicalJson.write(
            Map.of("index", line.index(), "leaf", Base64.getEncoder().encodeToString(line.leaf()))),
        StandardCharsets.UTF_8);
  }
}
