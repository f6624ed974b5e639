package org.auscult.server.audit;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.io.IOException;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.auscult.server.audit.ArchiveRows.Archive;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/** Archives of the log: writing one, listing them, bringing one back, and a file's own key. */
public final class ArchiveOperations {
  private final LogArchive archives;

  ArchiveOperations(LogArchive archives) {
    this.archives = archives;
  }

  /** Archives the oldest leaves that are older than the retention. */
  @Operation(name = "$audit-archive", canonicalUrl = AuditUrls.ARCHIVE)
  public Parameters archive() throws IOException {
    Parameters answer = new Parameters();
    try {
      Optional<Archive> written = archives.archive();
      written.ifPresent(archive -> add(answer, archive));
      answer.addParameter("written", new BooleanType(written.isPresent()));
      return answer;
    } catch (LogArchive.Refused e) {
      throw new UnprocessableEntityException(e.getMessage());
    }
  }

  /** The archives that there are. */
  @Operation(name = "$audit-archives", idempotent = true, canonicalUrl = AuditUrls.ARCHIVES)
  public Parameters list() {
    Parameters answer = new Parameters();
    archives.all().forEach(archive -> add(answer, archive));
    return answer;
  }

  /** Brings the leaves of an archive back. */
  @Operation(name = "$audit-restore", canonicalUrl = AuditUrls.RESTORE)
  public Parameters restore(@OperationParam(name = "name", min = 1) @Nullable StringType name)
      throws IOException {
    try {
      Archive archive = archives.restore(given(name));
      Parameters answer = new Parameters();
      answer.addParameter("leaves", new DecimalType(archive.size() - archive.first()));
      return answer;
    } catch (LogArchive.Refused e) {
      throw new UnprocessableEntityException(e.getMessage());
    }
  }

  /** The key of one file, by which the offline verifier reads it. */
  @Operation(name = "$audit-archive-key", idempotent = true, canonicalUrl = AuditUrls.ARCHIVE_KEY)
  public Parameters key(@OperationParam(name = "name", min = 1) @Nullable StringType name) {
    try {
      return new Parameters().addParameter("key", new StringType(archives.key(given(name))));
    } catch (LogArchive.Refused e) {
      throw new UnprocessableEntityException(e.getMessage());
    }
  }

  private static String given(@Nullable StringType name) {
    if (name == null || name.isEmpty()) {
      throw new InvalidRequestException("name is missing; $audit-archives lists the archives.");
    }
    return name.getValueNotNull();
  }

  private static void add(Parameters answer, Archive archive) {
    ParametersParameterComponent group = answer.addParameter().setName("archive");
    part(group, "name", new StringType(archive.name()));
    part(group, "first", new DecimalType(archive.first()));
    part(group, "size", new DecimalType(archive.size()));
    part(group, "sha256", new StringType(archive.sha256()));
    part(group, "time", time(archive.written()));
    if (archive.restored() != null) {
      part(group, "restored", time(archive.restored()));
    }
  }

  private static void part(ParametersParameterComponent group, String name, Type value) {
    group.addPart().setName(name).setValue(value);
  }

  private static InstantType time(Instant instant) {
    return new InstantType(Date.from(instant));
  }
}
