package org.auscult.access.fhir;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.auscult.access.fhir.TieRecorder.Tie;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/** Follows what ties patients, in the transaction of each resource that says so. */
@Interceptor
public final class TieInterceptor {
  private final TieRecorder recorder;
  private final TieFinder finder;

  public TieInterceptor(TieRecorder recorder, TieFinder finder) {
    this.recorder = recorder;
    this.finder = finder;
  }

  @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_CREATED)
  public void created(IBaseResource given) {
    Resource resource = (Resource) given;
    if (TieFinder.concerns(resource)) {
      List<Tie> ties = finder.in(resource);
      recorder.record(TieFinder.source(resource), ties, limited(ties));
    }
  }

  /**
   * Also when its labels alone have changed.
   *
   * @param before null if it cannot be had, as after a deletion
   */
  @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_UPDATED)
  public void updated(@Nullable IBaseResource before, IBaseResource after) {
    Resource resource = (Resource) after;
    if ((before != null && TieFinder.concerns((Resource) before)) || TieFinder.concerns(resource)) {
      List<Tie> ties = finder.in(resource);
      Set<String> limited = new HashSet<>(limited(ties));
      if (before != null) {
        limited.addAll(limited(finder.in((Resource) before)));
      }
      recorder.record(TieFinder.source(resource), ties, limited);
    } else if (ReviewTasks.isOne(resource) && ReviewTasks.isClosedAgainst(resource)) {
      recorder.record(TieFinder.source(resource), List.of(), ReviewTasks.patients(resource));
    }
  }

  @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_DELETED)
  public void deleted(IBaseResource given) {
    Resource resource = (Resource) given;
    if (TieFinder.concerns(resource)) {
      recorder.record(TieFinder.source(resource), List.of(), limited(finder.in(resource)));
    } else if (ReviewTasks.isOne(resource)) {
      recorder.record(TieFinder.source(resource), List.of(), ReviewTasks.patients(resource));
    }
  }

  @Hook(Pointcut.STORAGE_PRESTORAGE_EXPUNGE_EVERYTHING)
  public void allExpunged() {
    recorder.forgetAll();
  }

  private static Set<String> limited(List<Tie> ties) {
    Set<String> patients = new HashSet<>();
    ties.stream().filter(tie -> tie.kind().isLimit()).forEach(tie -> patients.add(tie.patient()));
    return patients;
  }
}
