package org.auscult.server.audit;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.auscult.audit.CanonicalJson;
import org.auscult.audit.export.AuditVerifier;
import org.auscult.audit.export.Finding;
import org.auscult.audit.export.Verification;
import org.auscult.audit.head.HeadKey;
import org.auscult.audit.head.SignedTreeHead;
import org.auscult.audit.head.TreeHead;
import org.auscult.audit.tree.ConsistencyProof;
import org.auscult.audit.tree.Hash;
import org.auscult.audit.tree.InclusionProof;
import org.auscult.server.audit.ArchiveRows.Archive;
import org.hl7.fhir.r4.model.Base64BinaryType;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/** What an auditor asks of the log: its head, proofs, a check, and a copy to check elsewhere. */
public final class AuditOperations {
  private static final int DEFAULT_COUNT = 10_000;
  private static final int LARGEST_COUNT = 1_000_000;
  private static final int MOST_FINDINGS = 100;

  private final LogReader log;
  private final TreeHeads heads;

  AuditOperations(LogReader log, TreeHeads heads) {
    this.log = log;
    this.heads = heads;
  }

  /** The signed head of the log as it stands, and the public keys. */
  @Operation(name = "$audit-head", idempotent = true, canonicalUrl = AuditUrls.HEAD)
  public Parameters head() {
    Parameters answer = new Parameters();
    add(answer, heads.now());
    for (HeadKey key : heads.publicKeys().all()) {
      answer.addParameter("publicKey", new StringType(text(CanonicalJson.write(key.jwk()))));
    }
    return answer;
  }

  /**
   * Shows that a leaf stands in the log.
   *
   * @param event id of an AuditEvent
   * @param index of a leaf, instead
   * @param size of a head that is at hand; the head of now if not given
   */
  @Operation(name = "$audit-proof", idempotent = true, canonicalUrl = AuditUrls.PROOF)
  public Parameters proof(
      @OperationParam(name = "event") @Nullable StringType event,
      @OperationParam(name = "index") @Nullable StringType index,
      @OperationParam(name = "size") @Nullable StringType size) {
    if ((event == null) == (index == null)) {
      throw new InvalidRequestException("Give either event or index.");
    }
    long place = event == null ? number("index", index, 0) : place(event.getValueNotNull());
    SignedTreeHead head = size == null ? heads.now() : head(number("size", size, 0));
    if (place >= head.head().size()) {
      throw new ResourceNotFoundException(
          "The log of " + head.head().size() + " leaves has no leaf " + place + ".");
    }
    InclusionProof proof = log.inclusion(place, head.head().size());
    Parameters answer = new Parameters();
    answer.addParameter("index", new DecimalType(place));
    Optional<byte[]> leaf = log.leaf(place);
    leaf.ifPresent(bytes -> answer.addParameter("leaf", new Base64BinaryType(bytes)));
    Hash hash = leaf.map(Hash::ofLeaf).orElseGet(() -> log.hash(place));
    answer.addParameter("hash", new StringType(hash.hex()));
    log.archive(place, place + 1)
        .ifPresent(archive -> answer.addParameter("archive", new StringType(archive.name())));
    proof.path().forEach(h -> answer.addParameter("path", new StringType(h.hex())));
    add(answer, head);
    return answer;
  }

  /**
   * Shows that the log grew from one size to another by appending alone.
   *
   * @param first the former size
   * @param second the later one; that of the head of now if not given
   */
  @Operation(name = "$audit-consistency", idempotent = true, canonicalUrl = AuditUrls.CONSISTENCY)
  public Parameters consistency(
      @OperationParam(name = "first", min = 1) @Nullable StringType first,
      @OperationParam(name = "second") @Nullable StringType second) {
    SignedTreeHead later = second == null ? heads.now() : head(number("second", second, 0));
    long size = number("first", first, 0);
    if (size > later.head().size()) {
      throw new InvalidRequestException(
          "first is " + size + ", but the later head is of " + later.head().size() + " leaves.");
    }
    ConsistencyProof proof = log.consistency(size, later.head().size());
    Parameters answer = new Parameters();
    answer.addParameter("first", new DecimalType(size));
    answer.addParameter("firstRoot", new StringType(log.root(size).hex()));
    proof.path().forEach(h -> answer.addParameter("path", new StringType(h.hex())));
    add(answer, later);
    return answer;
  }

  /**
   * Checks a part of the log here, as the offline verifier does.
   *
   * @param from index of the first leaf; that after the archives if not given
   * @param count how many at least, up to the next head; 10,000 if not given
   */
  @Operation(name = "$audit-verify", idempotent = true, canonicalUrl = AuditUrls.VERIFY)
  public Parameters verify(
      @OperationParam(name = "from") @Nullable StringType from,
      @OperationParam(name = "count") @Nullable StringType count)
      throws IOException {
    long first = from == null ? log.begin() : number("from", from, 0);
    long most = count == null ? DEFAULT_COUNT : number("count", count, 1);
    if (most > LARGEST_COUNT) {
      throw new InvalidRequestException("count is at most " + LARGEST_COUNT + ".");
    }
    SignedTreeHead now = heads.now();
    SignedTreeHead upTo = covering(first, first + most, now);
    mustBeHere(first, upTo);
    Verification verification = verified(first, upTo);
    Parameters answer = new Parameters();
    answer.addParameter("intact", new BooleanType(verification.isIntact()));
    answer.addParameter("from", new DecimalType(first));
    answer.addParameter("leaves", new DecimalType(verification.leaves()));
    answer.addParameter("heads", new DecimalType(verification.heads()));
    for (Finding finding : verification.findings()) {
      ParametersParameterComponent group = answer.addParameter().setName("finding");
      group.addPart().setName("kind").setValue(new CodeType(finding.kind().code()));
      group.addPart().setName("index").setValue(new DecimalType(finding.index()));
      group.addPart().setName("text").setValue(new StringType(finding.message()));
    }
    answer.addParameter("size", new DecimalType(now.head().size()));
    if (upTo.head().size() < now.head().size()) {
      answer.addParameter("next", new StringType(String.valueOf(upTo.head().size())));
    }
    return answer;
  }

  /** Checks at least so many leaves, up to a head; from -1 on: those that are in the database. */
  Verification checked(long from, int least) throws IOException {
    long first = Math.max(from, log.begin());
    return verified(first, covering(first, first + least, heads.now()));
  }

  private Verification verified(long first, SignedTreeHead upTo) throws IOException {
    try (InputStream in = log.open(first, upTo)) {
      return new AuditVerifier(heads.publicKeys(), List.of(), MOST_FINDINGS).verify(in);
    }
  }

  /**
   * The leaves from an index up to a head, in the form that {@code verify-audit} reads.
   *
   * @param from index of the first leaf; that after the archives if not given
   * @param to up to the first head that covers so many leaves; the head of now if not given
   */
  @Operation(
      name = "$audit-export",
      idempotent = true,
      manualResponse = true,
      canonicalUrl = AuditUrls.EXPORT)
  public void export(
      @OperationParam(name = "from") @Nullable StringType from,
      @OperationParam(name = "to") @Nullable StringType to,
      HttpServletResponse response)
      throws IOException {
    long first = from == null ? log.begin() : number("from", from, 0);
    SignedTreeHead now = heads.now();
    SignedTreeHead upTo = to == null ? now : covering(first, number("to", to, 0), now);
    if (first > upTo.head().size()) {
      throw new InvalidRequestException(
          "from is " + first + ", but the head is of " + upTo.head().size() + " leaves.");
    }
    mustBeHere(first, upTo);
    response.setStatus(HttpServletResponse.SC_OK);
    response.setContentType("application/x-ndjson");
    OutputStream out = new BufferedOutputStream(response.getOutputStream());
    log.export(first, upTo, out);
    out.flush();
  }

  private void mustBeHere(long first, SignedTreeHead upTo) {
    Optional<Archive> archive = log.archive(first, upTo.head().size());
    if (archive.isPresent()) {
      throw new InvalidRequestException(
          "Leaves "
              + archive.get().first()
              + " to "
              + (archive.get().size() - 1)
              + " are in "
              + archive.get().name()
              + " alone; begin at "
              + log.begin()
              + ", or have it restored.");
    }
  }

  private SignedTreeHead covering(long first, long size, SignedTreeHead now) {
    if (first > now.head().size()) {
      throw new InvalidRequestException(
          "from is " + first + ", but the log has " + now.head().size() + " leaves.");
    }
    return size >= now.head().size() ? now : heads.covering(size).orElse(now);
  }

  private SignedTreeHead head(long size) {
    return heads
        .of(size)
        .orElseThrow(
            () ->
                new ResourceNotFoundException(
                    "No head of " + size + " leaves was signed; give the size of one that was."));
  }

  private long place(String event) {
    try {
      OptionalLong index = log.index(UUID.fromString(event.split("\\.", 2)[0]));
      if (index.isPresent()) {
        return index.getAsLong();
      }
    } catch (IllegalArgumentException e) {
      // No id of ours: said below.
    }
    throw new ResourceNotFoundException(
        "The log has no event of this id, or has not put it in order yet: try again in a second.");
  }

  private static long number(String name, @Nullable StringType given, long least) {
    try {
      long number = Long.parseLong(given == null ? "" : given.getValueNotNull());
      if (number >= least) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, together with what is too small.
    }
    throw new InvalidRequestException(name + " takes a whole number from " + least + ".");
  }

  private static void add(Parameters answer, SignedTreeHead signed) {
    TreeHead head = signed.head();
    answer.addParameter("log", new StringType(head.log()));
    answer.addParameter("size", new DecimalType(head.size()));
    answer.addParameter("root", new StringType(head.root().hex()));
    answer.addParameter("time", new InstantType(Date.from(head.time())));
    answer.addParameter("key", new StringType(head.key()));
    answer.addParameter("signature", new StringType(signed.signature()));
    answer.addParameter("head", new StringType(text(signed.write())));
  }

  private static String text(byte[] json) {
    return new String(json, StandardCharsets.UTF_8);
  }
}
