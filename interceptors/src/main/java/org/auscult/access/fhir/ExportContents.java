package org.auscult.access.fhir;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.bulk.BulkExportJobParameters;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.auscult.access.Requester;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.jspecify.annotations.Nullable;

/**
 * Leaves out of an export what its starter may not read, by the rules of the moment in which it is
 * written. Stands in the storage's registry, where the export's own threads meet it. Threads: safe.
 */
@Interceptor
public final class ExportContents {
  /** So long, what was looked up of a patient serves the resources after it. */
  private static final Duration KEPT = Duration.ofSeconds(5);

  private final AccessSessions sessions;
  private final InstantSource clock;
  private final AtomicReference<@Nullable Kept> kept = new AtomicReference<>();

  private record Kept(Requester requester, AccessSession session, Instant until) {}

  public ExportContents(AccessSessions sessions, InstantSource clock) {
    this.sessions = sessions;
    this.clock = clock;
  }

  @Hook(Pointcut.STORAGE_BULK_EXPORT_RESOURCE_INCLUSION)
  public boolean include(BulkExportJobParameters job, IBaseResource resource) {
    return ExportStarter.read(job).map(starter -> session(starter).sees(resource)).orElse(true);
  }

  private AccessSession session(Requester starter) {
    Kept last = kept.get();
    Instant now = clock.instant();
    if (last == null || !last.requester().equals(starter) || now.isAfter(last.until())) {
      last = new Kept(starter, sessions.of(starter), now.plus(KEPT));
      kept.set(last);
    }
    return last.session();
  }
}
