package org.auscult.server.adjudication;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.IPreResourceAccessDetails;
import ca.uhn.fhir.rest.api.server.IPreResourceShowDetails;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import org.auscult.access.Requester;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.jspecify.annotations.Nullable;

/**
 * Nobody but its author sees an answer while its case is open: verdicts that are to agree by
 * themselves are not told to those who still judge, by whatever road.
 */
@Interceptor
public final class AnswersApart {
  private final AdjudicationRows rows;

  AnswersApart(AdjudicationRows rows) {
    this.rows = rows;
  }

  /** Before results count. */
  @Hook(Pointcut.STORAGE_PREACCESS_RESOURCES)
  public void find(IPreResourceAccessDetails found, @Nullable RequestDetails request) {
    for (int i = 0; i < found.size(); i++) {
      if (isHidden(found.getResource(i), request)) {
        found.setDontReturnResourceAtIndex(i);
      }
    }
  }

  @Hook(Pointcut.STORAGE_PRESHOW_RESOURCES)
  public void show(IPreResourceShowDetails shown, @Nullable RequestDetails request) {
    for (int i = 0; i < shown.size(); i++) {
      if (isHidden(shown.getResource(i), request)) {
        shown.setResource(i, null);
      }
    }
  }

  private boolean isHidden(@Nullable IBaseResource resource, @Nullable RequestDetails request) {
    return request != null
        && !(request instanceof SystemRequestDetails)
        && resource instanceof QuestionnaireResponse response
        && AdjudicationAnswers.isOurs(response)
        && !isBy(response, request)
        && rows.isOpen(CaseRow.idOf(AnswerReader.task(response)));
  }

  private static boolean isBy(QuestionnaireResponse response, RequestDetails request) {
    return request.getAttribute(Requester.ATTRIBUTE) instanceof Requester who
        && who.fhirUser() != null
        && who.fhirUser().equals(response.getAuthor().getReference());
  }
}
