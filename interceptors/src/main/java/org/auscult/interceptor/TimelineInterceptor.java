package org.auscult.interceptor;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Resource;

/**
 * Hands every change of the record to the timeline, inside the transaction of the change: the two
 * stand or fall together.
 */
@Interceptor
public final class TimelineInterceptor {
  private final ChangeRecorder recorder;

  public TimelineInterceptor(ChangeRecorder recorder) {
    this.recorder = recorder;
  }

  @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_CREATED)
  public void created(IBaseResource resource) {
    recorder.written((Resource) resource);
  }

  /** What is still the first version was not written again: its tags were changed in place. */
  @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_UPDATED)
  public void updated(IBaseResource before, IBaseResource after) {
    if (!"1".equals(after.getIdElement().getVersionIdPart())) {
      recorder.written((Resource) after);
    }
  }

  @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_DELETED)
  public void deleting() {
    recorder.deleting();
  }

  @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_DELETED)
  public void deleted(IBaseResource resource) {
    recorder.deleted((Resource) resource);
  }

  @Hook(Pointcut.STORAGE_PRESTORAGE_EXPUNGE_RESOURCE)
  public void expunged(IBaseResource resource) {
    recorder.expunged((Resource) resource);
  }

  @Hook(Pointcut.STORAGE_PRESTORAGE_EXPUNGE_EVERYTHING)
  public void allExpunged() {
    recorder.allExpunged();
  }
}
