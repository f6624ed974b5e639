package org.auscult.audit.export;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.auscult.audit.AuditAction;
import org.auscult.audit.AuditEntry;
import org.auscult.audit.AuditKind;
import org.auscult.audit.AuditLeaf;
import org.auscult.audit.CanonicalJson;
import org.auscult.audit.ChainLink;
import org.auscult.audit.ChainedLeaf;
import org.auscult.audit.NodeChains;
import org.auscult.audit.head.HeadKey;
import org.auscult.audit.head.HeadKeys;
import org.auscult.audit.head.SignedTreeHead;
import org.auscult.audit.head.TreeHead;
import org.auscult.audit.tree.Frontier;
import org.auscult.audit.tree.Hash;

/** A log of two nodes with two lanes each, with a head after every so many leaves. */
public final class SampleLog {
  static final Instant START = Instant.parse("2026-11-21T09:00:00Z");
  static final String LOG = "sample-log";

  final KeyPair pair;
  private final HeadKeys keys;
  final List<byte[]> leaves = new ArrayList<>();
  final TreeMap<Integer, SignedTreeHead> heads = new TreeMap<>();
  final TreeMap<Integer, List<Hash>> edges = new TreeMap<>();

  private SampleLog(KeyPair pair) {
    this.pair = pair;
    this.keys = HeadKeys.of(List.of(new HeadKey("k1", pair.getPublic(), START, null)));
  }

  static KeyPair newPair() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A log of so many leaves. */
  public static SampleLog of(int size, int headEvery, long seed) {
    SampleLog log = new SampleLog(newPair());
    NodeChains[] nodes = {new NodeChains("node-a"), new NodeChains("node-b")};
    Random random = new Random(seed);
    while (log.leaves.size() < size) {
      NodeChains node = nodes[random.nextInt(2)];
      List<NodeChains.Lane> lanes = List.of(node.borrow(), node.borrow());
      NodeChains.Lane lane = lanes.get(random.nextInt(2));
      log.leaves.add(leaf(lane, log.leaves.size()).bytes());
      lanes.forEach(NodeChains.Lane::committed);
    }
    log.sign(headEvery);
    return log;
  }

  private static ChainedLeaf leaf(NodeChains.Lane lane, int number) {
    return lane.next(
        AuditEntry.of(AuditKind.REST, AuditAction.READ, "read Patient")
            .request("r-" + number)
            .patients(List.of("p-" + number % 7))
            .build(),
        START.plusMillis(10L * number));
  }

  /** Signs heads of what the leaves are now: as an operator could who rewrote the log. */
  public SampleLog sign(int every) {
    heads.clear();
    edges.clear();
    Frontier tree = Frontier.empty();
    for (int i = 0; i < leaves.size(); i++) {
      tree.add(Hash.ofLeaf(leaves.get(i)));
      int size = i + 1;
      if (size % every == 0 || size == leaves.size()) {
        heads.put(size, head(size, tree.root()));
        edges.put(size, tree.hashes());
      }
    }
    return this;
  }

  /**
   * Writes the log anew from a leaf on, chains and all, and signs it: as an operator could who has
   * the key.
   */
  public void rewriteFrom(int first, int headEvery) {
    List<byte[]> former = List.copyOf(leaves);
    leaves.clear();
    Map<String, Hash> hashes = new TreeMap<>();
    for (byte[] bytes : former) {
      AuditLeaf leaf = AuditLeaf.read(bytes);
      String chain = leaf.link().chain();
      Hash previous = hashes.getOrDefault(chain, Hash.ZERO);
      AuditEntry entry =
          leaves.size() < first
              ? leaf.entry()
              : AuditEntry.of(AuditKind.REST, AuditAction.READ, "read Patient").build();
      ChainLink link =
          new ChainLink(leaf.link().node(), leaf.link().lane(), leaf.link().sequence(), previous);
      byte[] written = new AuditLeaf(leaf.form(), leaf.recorded(), link, entry).write();
      hashes.put(chain, Hash.ofLeaf(written));
      leaves.add(written);
    }
    sign(headEvery);
  }

  SignedTreeHead head(int size, Hash root) {
    return new TreeHead(LOG, size, root, START.plusMillis(10L * size), "k1")
        .sign(pair.getPrivate());
  }

  /** The public keys of its heads. */
  public HeadKeys keys() {
    return keys;
  }

  /** The head after so many leaves. */
  public SignedTreeHead headAt(int size) {
    return Objects.requireNonNull(heads.get(size));
  }

  /** The edge beside it. */
  List<Hash> edgeAt(int size) {
    return Objects.requireNonNull(edges.get(size));
  }

  /** The edge of the first leaves. */
  List<Hash> edge(int size) {
    Frontier tree = Frontier.empty();
    leaves.subList(0, size).forEach(l -> tree.add(Hash.ofLeaf(l)));
    return tree.hashes();
  }

  /** All of it. */
  public byte[] export() {
    return export(0, leaves.size());
  }

  /** A part of it, up to a head. */
  public byte[] export(int from, int to) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      LogExportWriter writer =
          LogExportWriter.begin(out, new ExportHeader(LOG, from, to, edge(from), keys, START));
      for (int i = from; i < to; i++) {
        writer.leaf(leaves.get(i));
        SignedTreeHead head = heads.get(i + 1);
        if (head != null) {
          writer.head(head, edgeAt(i + 1));
        }
      }
      writer.end();
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The export's lines. */
  List<String> lines() {
    return lines(export());
  }

  static List<String> lines(byte[] export) {
    return new ArrayList<>(Arrays.asList(new String(export, StandardCharsets.UTF_8).split("\n")));
  }

  static String line(long index, byte[] leaf) {
    return new String(
        CanonicalJson.write(
            new TreeMap<>(
                Map.of("index", index, "leaf", Base64.getEncoder().encodeToString(leaf)))),
        StandardCharsets.UTF_8);
  }

  Verification verify(byte[] export, SignedTreeHead... trusted) {
    try {
      return new AuditVerifier(keys, List.of(trusted), 1000)
          .verify(new ByteArrayInputStream(export));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Verification verify(List<String> lines, SignedTreeHead... trusted) {
    return verify((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8), trusted);
  }
}
