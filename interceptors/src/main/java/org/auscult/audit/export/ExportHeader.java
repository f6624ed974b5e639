package org.auscult.audit.export;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.auscult.audit.CanonicalJson;
import org.auscult.audit.JsonFields;
import org.auscult.audit.head.HeadKey;
import org.auscult.audit.head.HeadKeys;
import org.auscult.audit.tree.Frontier;
import org.auscult.audit.tree.Hash;

/**
 * The first line of an export. Nothing in it is believed by itself: the edge must lead to the
 * signed heads, and the keys are those of the file alone unless the auditor brings others.
 *
 * @param log id of the log
 * @param first index of the first leaf in the file
 * @param size of the log up to the file's last leaf: that leaf's index plus 1
 * @param edge hashes of the tree of the leaves before the first, as {@link Frontier#hashes} gives
 *     them; none if the file begins with the log
 * @param keys all public keys that sign, or have signed, heads of this log
 * @param exported when the file was written
 */
public record ExportHeader(
    String log, long first, long size, List<Hash> edge, HeadKeys keys, Instant exported) {
  /** The first field of a file, with its form. */
  static final String TYPE = "auscult-audit-log";

  static final int FORM = 1;

  public ExportHeader {
    edge = List.copyOf(edge);
    if (!log.matches("\\p{Graph}{1,200}")) {
      throw new IllegalArgumentException("A log's id is 1 to 200 printable ASCII characters");
    }
    if (first < 0 || size < first || Long.bitCount(first) != edge.size()) {
      throw new IllegalArgumentException(
          "No export goes from " + first + " to " + size + " with an edge of " + edge.size());
    }
  }

  byte[] write() {
    Map<String, Object> json = new TreeMap<>();
    json.put("type", TYPE);
    json.put("form", FORM);
    json.put("log", log);
    json.put("first", first);
    json.put("size", size);
    json.put("edge", edge.stream().map(Hash::hex).toList());
    json.put("keys", keys.all().stream().map(HeadKey::jwk).toList());
    json.put("exported", CanonicalJson.time(exported));
    return CanonicalJson.write(json);
  }

  static ExportHeader read(byte[] line) {
    JsonFields json = JsonFields.of(line);
    if (!json.text("type").equals(TYPE) || json.whole("form") != FORM) {
      throw new IllegalArgumentException("This is no export of an audit log in a known form");
    }
    return new ExportHeader(
        json.text("log"),
        json.whole("first"),
        json.whole("size"),
        json.texts("edge").stream().map(Hash::parse).toList(),
        HeadKeys.of(json.objects("keys").stream().map(HeadKey::from).toList()),
        json.time("exported"));
  }

  /** The tree of the leaves before the file's first. */
  Frontier tree() {
    return Frontier.of(first, edge);
  }
}
