package org.auscult.access.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.bulk.BulkExportJobParameters;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.auscult.access.Interaction;
import org.auscult.access.Permission;
import org.auscult.access.RefusalReason;
import org.auscult.access.Whose;

/**
 * A bulk export holds what its starter may read, and belongs to the starter: its files by their
 * security context, its job by the same mark in its parameters. Which resources of each type these
 * are is decided by {@link ExportContents}, one by one, when they are written.
 */
@Interceptor
public final class ExportAccess {
  private static final String POLL = "$export-poll-status";

  private final FhirContext fhir;
  private final Function<String, Optional<String>> ownerOfJob;

  /**
   * @param ownerOfJob the mark of a job by its id; empty if there is no such job, or none's
   */
  public ExportAccess(FhirContext fhir, Function<String, Optional<String>> ownerOfJob) {
    this.fhir = fhir;
    this.ownerOfJob = ownerOfJob;
  }

  @Hook(Pointcut.STORAGE_INITIATE_BULK_EXPORT)
  public void start(BulkExportJobParameters job, RequestDetails request) {
    AccessSession.of(request).ifPresent(session -> start(session, job, request));
  }

  private void start(AccessSession session, BulkExportJobParameters job, RequestDetails request) {
    List<String> asked = job.getResourceTypes();
    boolean isAll = asked == null || asked.isEmpty();
    Set<String> types = new TreeSet<>(isAll ? fhir.getResourceTypes() : asked);
    Set<String> readable = new TreeSet<>(types);
    readable.removeIf(type -> !reads(session, type));
    if (readable.isEmpty() || (!isAll && readable.size() < types.size())) {
      throw Refusals.forbidden(
          request,
          RefusalReason.POLICY,
          "An export holds what you may read; ask for types that you may read.");
    }
    if (!isAll) {
      job.setResourceTypes(readable);
    }
    job.setBinarySecurityContextIdentifierSystem(AccessSession.OWNER_SYSTEM);
    job.setBinarySecurityContextIdentifierValue(session.owner());
    ExportStarter.write(session.requester(), job);
  }

  private static boolean reads(AccessSession session, String type) {
    Interaction read = Interaction.of(Permission.READ, type, Whose.NONE);
    return !session.rights().reach(read).isEmpty();
  }

  @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLED)
  public void poll(RequestDetails request, RestOperationTypeEnum operation) {
    if (POLL.equals(request.getOperation())) {
      AccessSession.of(request).ifPresent(session -> poll(session, request));
    }
  }

  private void poll(AccessSession session, RequestDetails request) {
    String[] ids = request.getParameters().getOrDefault("_jobId", new String[0]);
    boolean isOwn =
        ids.length == 1 && ownerOfJob.apply(ids[0]).filter(session.owner()::equals).isPresent();
    if (!isOwn) {
      request.setAttribute(RefusalReason.ATTRIBUTE, RefusalReason.NOT_YOURS.code());
      throw new ResourceNotFoundException("There is no such export.");
    }
  }
}
